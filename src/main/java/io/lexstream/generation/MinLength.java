package io.lexstream.generation;

import java.util.List;

/** Does not end before {@code tokens} were generated. */
record MinLength(int tokens, List<Integer> ends) implements LogitsProcessor {
    @Override
    public void apply(TokenHistory history, float[] scores) {
        if (history.generated() < tokens) {
            ends.forEach(end -> scores[end] = Float.NEGATIVE_INFINITY);
        }
    }
}
