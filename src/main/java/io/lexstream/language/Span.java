package io.lexstream.language;

/**
 * A stretch of a text.
 *
 * @param start index of its first UTF-16 unit
 * @param end index behind its last one
 */
record Span(int start, int end) {
    Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no stretch: " + start + " to " + end);
        }
    }

    int length() {
        return end - start;
    }

    boolean isEmpty() {
        return start == end;
    }

    String of(String text) {
        return text.substring(start, end);
    }
}
