package io.lexstream.language;

/**
 * Two sides of a translation with the same placeholders.
 *
 * @param source what a model reads in training
 * @param target what it is to write
 */
public record MaskedPair(String source, String target) {}
