package io.lexstream.generation;

/** Lets no sequence of {@code size} tokens come twice. */
record NoRepeatNgram(int size) implements LogitsProcessor {
    @Override
    public void apply(TokenHistory history, float[] scores) {
        int beginning = history.length() - size + 1; // of the n-gram that the next token completes
        for (int start = 0; start < beginning; start++) {
            if (same(history, start, beginning)) {
                scores[history.get(start + size - 1)] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private boolean same(TokenHistory history, int one, int other) {
        for (int i = 0; i < size - 1; i++) {
            if (history.get(one + i) != history.get(other + i)) {
                return false;
            }
        }
        return true;
    }
}
