package io.lexstream.generation;

import java.util.List;

/** Never says the last token of {@code tokens} right after the others. */
record BannedSequence(List<Integer> tokens) implements LogitsProcessor {
    @Override
    public void apply(TokenHistory history, float[] scores) {
        int before = tokens.size() - 1;
        if (history.length() < before) {
            return;
        }
        for (int i = 0; i < before; i++) {
            if (history.get(history.length() - before + i) != tokens.get(i)) {
                return;
            }
        }
        scores[tokens.get(before)] = Float.NEGATIVE_INFINITY;
    }
}
