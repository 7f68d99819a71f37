package io.lexstream.ops.demo;

import io.lexstream.schemas.ClassificationResult;
import java.util.Map;

/**
 * An event that all tasks have answered.
 *
 * @param key the record's key; empty if it has none
 * @param results by task
 */
public record EnrichedEvent(String id, String key, Map<String, ClassificationResult> results) {
    public EnrichedEvent {
        results = Map.copyOf(results);
    }

    /** @throws IllegalArgumentException if that task has not answered */
    ClassificationResult result(String task) {
        ClassificationResult result = results.get(task);
        if (result == null) {
            throw new IllegalArgumentException("event " + id + " has no result of " + task);
        }
        return result;
    }
}
