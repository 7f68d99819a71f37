package io.lexstream.processors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the process lives and whether it works; a list of reasons why not. */
final class Health {
    private final Supplier<Optional<Throwable>> failure;
    private final Supplier<Map<String, String>> tasksWithoutModel;
    private final Supplier<Optional<String>> streamsNotRunning;

    /**
     * Of what it asks.
     *
     * @param tasksWithoutModel each with why its last version was refused; empty if none was
     * @param streamsNotRunning the state of Kafka Streams, if it is not running
     */
    Health(
            Supplier<Optional<Throwable>> failure,
            Supplier<Map<String, String>> tasksWithoutModel,
            Supplier<Optional<String>> streamsNotRunning) {
        this.failure = failure;
        this.tasksWithoutModel = tasksWithoutModel;
        this.streamsNotRunning = streamsNotRunning;
    }

    /** Why the process had better be restarted; empty if it lives. */
    List<String> reasonsNotLive() {
        return failure.get().map(e -> List.of("failed: " + e)).orElse(List.of());
    }

    /** Why no events are processed; empty if they are. */
    List<String> reasonsNotReady() {
        List<String> reasons = new ArrayList<>(reasonsNotLive());
        tasksWithoutModel
                .get()
                .forEach((task, refusal) -> reasons.add(
                        "task " + task + " has no model" + (refusal.isEmpty() ? "" : "; refused: " + refusal)));
        streamsNotRunning.get().ifPresent(state -> reasons.add("Kafka Streams is " + state));
        return reasons;
    }
}
