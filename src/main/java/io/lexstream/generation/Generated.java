package io.lexstream.generation;

import java.util.List;

/**
 * What was generated of one text.
 *
 * @param text special tokens left out
 * @param tokens ids in the target's vocabulary, without the start and the end token
 * @param score log-probability / length ^ length penalty
 * @param truncatedSource whether a part of the source was not read
 */
public record Generated(
        String text, List<Integer> tokens, double score, boolean truncatedSource, StopReason stopReason) {
    public Generated {
        tokens = List.copyOf(tokens);
    }
}
