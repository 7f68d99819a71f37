package io.lexstream.processors;

import io.lexstream.inference.TaskResult;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one text in champion and challenger.
 *
 * @param label the challenger's verdict; empty if it failed
 * @param championLabel the champion's; empty if the champion failed
 * @param seconds the challenger's time for the text; 0 = not comparable
 * @param championSeconds the slowest champion's, of any task, for the same text; 0 = not comparable
 */
record Comparison(Optional<String> label, Optional<String> championLabel, double seconds, double championSeconds) {
    static Comparison of(TaskResult champion, TaskResult challenger, Duration slowestChampion) {
        boolean comparable = challenger instanceof TaskResult.Success && !slowestChampion.isZero();
        return new Comparison(
                label(challenger),
                label(champion),
                comparable ? seconds(((TaskResult.Success) challenger).inferencePerText()) : 0,
                comparable ? seconds(slowestChampion) : 0);
    }

    boolean challengerFailed() {
        return label.isEmpty() && championLabel.isPresent();
    }

    boolean championFailed() {
        return championLabel.isEmpty();
    }

    boolean disagrees() {
        return label.isPresent() && championLabel.isPresent() && !label.equals(championLabel);
    }

    /** The verdict that a model gave; empty if it failed. */
    static Optional<String> label(TaskResult result) {
        return result instanceof TaskResult.Success success
                ? Optional.of(success.output().verdict())
                : Optional.empty();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
