package io.lexstream.inference;

import java.util.List;
import java.util.Map;

/**
 * The way of one event through the tasks: what the results so far allow to begin.
 *
 * <p>A function of the results and of nothing else, so that the same event takes the same way again. It is asked when
 * the event is handed in and after each step, by workers: it must be quick, and must not wait.
 */
@FunctionalInterface
public interface Chain {
    /**
     * Every step that may run now. Tasks that were begun may be named again, and are not run again; the event ends when
     * nothing runs and nothing new is named.
     *
     * @param results of all tasks and slots on trial that have ended, by name
     */
    List<Step> allowedBy(Map<String, TaskResult> results);
}
