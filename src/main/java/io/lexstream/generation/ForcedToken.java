package io.lexstream.generation;

import java.util.Arrays;

/** Leaves no choice for the generated token number {@code index}, counted from 0. */
record ForcedToken(int index, int token) implements LogitsProcessor {
    @Override
    public void apply(TokenHistory history, float[] scores) {
        if (history.generated() == index) {
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            scores[token] = 0;
        }
    }
}
