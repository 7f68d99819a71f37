package io.lexstream.inference;

import java.util.Set;

/**
 * Tasks that read one text together, on one {@link TextBatch}.
 *
 * @param tasks names of tasks, at least one
 * @param trials names of slots on trial that read it, too; one that is empty then gives no result
 */
public record Step(String text, Set<String> tasks, Set<String> trials) {
    public Step {
        tasks = Set.copyOf(tasks);
        trials = Set.copyOf(trials);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a step needs at least one task");
        }
    }

    /** Shows no text. */
    @Override
    public String toString() {
        return tasks + " of " + text.length() + " characters";
    }
}
