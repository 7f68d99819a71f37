package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * One event on its way through the engine: its results so far, and the future that its sender holds. Its steps may run
 * in several workers at once.
 */
final class ChainRun {
    private final Chain chain;
    private final CompletableFuture<Map<String, TaskResult>> future = new CompletableFuture<>();
    private final Object lock = new Object();
    private final Map<String, TaskResult> results = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, Map<Object, Object>> derivedByText = new HashMap<>();
    private int running;

    ChainRun(Chain chain) {
        this.chain = chain;
    }

    CompletableFuture<Map<String, TaskResult>> results() {
        return future;
    }

    /** Whether nobody waits any more: answered, failed or cancelled. */
    boolean isDone() {
        return future.isDone();
    }

    void fail(InferenceException cause) {
        future.completeExceptionally(cause);
    }

    /** The texts to begin with; none if the chain begins nothing, and the event has ended. */
    List<PendingText> begin() {
        return advance();
    }

    /**
     * Takes the results of a step, and answers the event if it was the last.
     *
     * @param derived what is known of the step's text, for other steps that read it
     * @return the texts that come next
     */
    List<PendingText> ended(PendingText step, Map<String, TaskResult> stepResults, Map<Object, Object> derived) {
        synchronized (lock) {
            running--;
            results.putAll(stepResults);
            derivedByText.computeIfAbsent(step.text(), text -> new HashMap<>()).putAll(derived);
        }
        try {
            return advance();
        } catch (RuntimeException e) {
            fail(new InferenceException("a chain failed after " + stepResults.keySet(), e));
            return List.of();
        }
    }

    private List<PendingText> advance() {
        Map<String, TaskResult> soFar;
        synchronized (lock) {
            if (isDone()) {
                return List.of();
            }
            soFar = Collections.unmodifiableMap(new LinkedHashMap<>(results));
            List<PendingText> following = following(chain.allowedBy(soFar));
            running += following.size();
            if (running > 0) {
                return following;
            }
        }
        future.complete(soFar);
        return List.of();
    }

    private List<PendingText> following(List<Step> allowed) {
        List<PendingText> following = new ArrayList<>();
        for (Step step : allowed) {
            Set<String> tasks = notBegun(step.tasks());
            Set<String> trials = notBegun(step.trials());
            if (!tasks.isEmpty()) {
                Map<Object, Object> derived = derivedByText.getOrDefault(step.text(), Map.of());
                following.add(new PendingText(this, step.text(), tasks, trials, derived));
            }
        }
        return following;
    }

    /** Those of {@code names} that were not begun; they are now. */
    private Set<String> notBegun(Set<String> names) {
        return names.stream().filter(begun::add).collect(Collectors.toUnmodifiableSet());
    }
}
