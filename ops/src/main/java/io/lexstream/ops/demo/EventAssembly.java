package io.lexstream.ops.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the answers to one event together, which come from one topic a task. */
final class EventAssembly {
    /** Events that get no second result (their other task failed) must not pile up. */
    private static final int MOST_WAITING = 10_000;

    private final List<String> tasks;
    private final Map<String, Map<String, TaskAnswer>> waiting = new LinkedHashMap<>();

    EventAssembly(List<String> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    /** The whole event, if this was the last answer that it lacked. */
    Optional<EnrichedEvent> add(String key, TaskAnswer answer) {
        Map<String, TaskAnswer> answers = waiting.computeIfAbsent(answer.eventId(), id -> new HashMap<>());
        answers.put(answer.task(), answer);
        if (answers.keySet().containsAll(tasks)) {
            waiting.remove(answer.eventId());
            return Optional.of(new EnrichedEvent(answer.eventId(), key, answers));
        }
        if (waiting.size() > MOST_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        return Optional.empty();
    }
}
