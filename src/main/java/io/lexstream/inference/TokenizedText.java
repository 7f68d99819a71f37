package io.lexstream.inference;

import java.util.List;

/**
 * One text in token ids.
 *
 * @param windows one or more rows of ids, each at most the model's limit long, special tokens included
 * @param unknownTokens tokens in the windows that stand for what the vocabulary does not have
 * @param truncated whether a part of the text is in no window
 */
record TokenizedText(List<long[]> windows, int unknownTokens, boolean truncated) implements LogitModel.Windowed {
    @Override
    public int tokens() {
        int tokens = 0;
        for (long[] window : windows) {
            tokens += window.length;
        }
        return tokens;
    }

    static int[] lengths(List<TokenizedText> texts) {
        return texts.stream().mapToInt(TokenizedText::tokens).toArray();
    }
}
