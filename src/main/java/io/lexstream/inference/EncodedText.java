package io.lexstream.inference;

import java.util.List;

/**
 * The features of one text.
 *
 * @param windows features of each window, [dimensions]
 * @param tokens tokens that were read
 * @param truncated whether a part of the text was not read
 */
public record EncodedText(List<float[]> windows, int tokens, boolean truncated) implements LogitModel.Windowed {
    public EncodedText {
        windows = List.copyOf(windows);
    }
}
