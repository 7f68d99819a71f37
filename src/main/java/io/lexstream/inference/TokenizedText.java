package io.lexstream.inference;

import java.util.List;

/**
 * One text in token ids.
 *
 * @param windows one or more rows of ids, each at most the model's limit long, special tokens included
 * @param truncated whether a part of the text is in no window
 */
record TokenizedText(List<long[]> windows, boolean truncated) implements LogitModel.Windowed {
    int tokens() {
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
