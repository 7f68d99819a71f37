package io.lexstream.generation;

/** Changes the scores of the next token before one is chosen. */
interface LogitsProcessor {
    /** @param scores one a token of the vocabulary, logits or log-probabilities; -infinity = never */
    void apply(TokenHistory history, float[] scores);
}
