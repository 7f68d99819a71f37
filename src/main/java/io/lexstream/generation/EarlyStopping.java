package io.lexstream.generation;

/** When a beam search is done with a text that has as many finished hypotheses as beams; Hugging Face's three ways. */
public enum EarlyStopping {
    /** When no open beam would win if it ended now: {@code "early_stopping": false}. */
    HEURISTIC,
    /** At once: {@code true}. */
    FIRST,
    /** When no open beam can win any more, however long it gets: {@code "never"}. */
    NEVER
}
