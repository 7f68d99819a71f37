package io.lexstream.ops.demo;

import java.util.Map;

/**
 * An event that all tasks have answered.
 *
 * @param key the record's key; empty if it has none
 * @param answers by task
 */
public record EnrichedEvent(String id, String key, Map<String, TaskAnswer> answers) {
    public EnrichedEvent {
        answers = Map.copyOf(answers);
    }

    /** @throws IllegalArgumentException if that task has not answered */
    TaskAnswer answer(String task) {
        TaskAnswer answer = answers.get(task);
        if (answer == null) {
            throw new IllegalArgumentException("event " + id + " has no result of " + task);
        }
        return answer;
    }
}
