package io.lexstream.processors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the process lives and whether it works; a list of reasons why not. */
final class Health {
    private final Supplier<Optional<Throwable>> failure;
    private final Supplier<List<String>> tasksWithoutModel;
    private final Supplier<Optional<String>> streamsNotRunning;

    /** @param streamsNotRunning the state of Kafka Streams, if it is not running */
    Health(
            Supplier<Optional<Throwable>> failure,
            Supplier<List<String>> tasksWithoutModel,
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
        tasksWithoutModel.get().forEach(task -> reasons.add("task " + task + " has no model"));
        streamsNotRunning.get().ifPresent(state -> reasons.add("Kafka Streams is " + state));
        return reasons;
    }
}
