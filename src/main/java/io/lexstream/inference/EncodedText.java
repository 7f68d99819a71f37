package io.lexstream.inference;

import java.util.List;

/**
 * The features of one text.
 *
 * @param windows features of each window, [dimensions]
 * @param tokens tokens that were read
 * @param unknownTokens how many of them the vocabulary does not have
 * @param truncated whether a part of the text was not read
 */
public record EncodedText(List<float[]> windows, int tokens, int unknownTokens, boolean truncated)
        implements LogitModel.Windowed {
    public EncodedText {
        windows = List.copyOf(windows);
    }
}
