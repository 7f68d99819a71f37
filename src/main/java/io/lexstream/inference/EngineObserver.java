package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import java.time.Duration;

/** Hears what the engine does, for metrics. Called by worker threads; must be quick and must not throw. */
public interface EngineObserver {
    EngineObserver NONE = new EngineObserver() {};

    /** A window of {@code texts} was tokenised, its first text having waited for {@code queued}. */
    default void windowStarted(int texts, Duration queued, Duration tokenising) {}

    /**
     * A batch ran through one model.
     *
     * @param tokens tokens of its texts
     * @param paddedTokens texts times the longest
     */
    default void batchRan(ModelVersion model, int texts, int tokens, int paddedTokens, Duration inference) {}

    /** A batch failed and is run again row by row. */
    default void batchFailed(ModelVersion model, int texts) {}
}
