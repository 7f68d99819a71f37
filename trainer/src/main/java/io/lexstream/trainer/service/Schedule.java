package io.lexstream.trainer.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task is trained without being asked.
 *
 * @param minNewLabels so many new labels start a run at once
 * @param interval after that time fewer do, too
 */
record Schedule(int minNewLabels, Duration interval) {
    static final String LABELS = "labels";
    static final String INTERVAL = "interval";
    static final String COMMAND = "command";

    /**
     * Why a run should start now; empty if none should.
     *
     * @param oldest when the first of the new labels was joined; empty if there are none
     * @param lastRun when the last run began; empty if there was none
     */
    Optional<String> due(int newLabels, Optional<Instant> oldest, Optional<Instant> lastRun, Instant now) {
        if (newLabels >= minNewLabels) {
            return Optional.of(LABELS);
        }
        if (newLabels == 0 || oldest.isEmpty()) {
            return Optional.empty();
        }
        Instant since = lastRun.orElse(oldest.get());
        return since.plus(interval).isAfter(now) ? Optional.empty() : Optional.of(INTERVAL);
    }
}
