package io.lexstream.generation;

import java.util.List;

/**
 * What was generated for one source.
 *
 * @param tokens without the start and the end token
 * @param score log-probability / length ^ length penalty, the end token counted
 */
record GeneratedTokens(List<Integer> tokens, double score, StopReason stopReason) {
    GeneratedTokens {
        tokens = List.copyOf(tokens);
    }
}
