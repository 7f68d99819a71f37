package io.lexstream.trainer;

/**
 * One classified text, as metrics see it.
 *
 * @param right the right label
 * @param predicted the label named
 * @param confidence its probability
 */
public record Scored(String right, String predicted, double confidence) {}
