package io.lexstream.trainer;

/**
 * A text, and what somebody made of it.
 *
 * @param source what is to be translated or summarised
 * @param target its translation or summary
 */
public record TextPair(String source, String target) {
    public TextPair {
        if (source.isBlank()) {
            throw new IllegalArgumentException("source is blank");
        }
        if (target.isBlank()) {
            throw new IllegalArgumentException("target is blank");
        }
    }
}
