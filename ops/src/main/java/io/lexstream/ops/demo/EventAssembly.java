package io.lexstream.ops.demo;

import io.lexstream.schemas.ClassificationResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the results of one event together, which come from one topic a task. */
final class EventAssembly {
    /** Events that get no second result (their other task failed) must not pile up. */
    private static final int MOST_WAITING = 10_000;

    private final List<String> tasks;
    private final Map<String, Map<String, ClassificationResult>> waiting = new LinkedHashMap<>();

    EventAssembly(List<String> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    /** The whole event, if this was the last result that it lacked. */
    Optional<EnrichedEvent> add(String key, ClassificationResult result) {
        Map<String, ClassificationResult> results = waiting.computeIfAbsent(result.getEventId(), id -> new HashMap<>());
        results.put(result.getTask(), result);
        if (results.keySet().containsAll(tasks)) {
            waiting.remove(result.getEventId());
            return Optional.of(new EnrichedEvent(result.getEventId(), key, results));
        }
        if (waiting.size() > MOST_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        return Optional.empty();
    }
}
