package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of an event that waits for a worker, or runs: a text and who reads it. No record: toString shows no text.
 */
final class PendingText {
    /** Characters that are looked at one by one; what follows is taken for words. */
    private static final int EXAMINED_CHARS = 8192;

    private final ChainRun run;
    private final String text;
    private final Set<String> tasks;
    private final Set<String> trials;
    private final Map<Object, Object> derived;
    private final int estimatedTokens;
    private final long submittedNanos = System.nanoTime();

    /**
     * @param trials the slots on trial that it goes through, too
     * @param derived what earlier steps that read this text have derived of it, by {@link TextBatch#derive}'s keys
     */
    PendingText(ChainRun run, String text, Set<String> tasks, Set<String> trials, Map<Object, Object> derived) {
        this.run = run;
        this.text = text;
        this.tasks = Set.copyOf(tasks);
        this.trials = Set.copyOf(trials);
        this.derived = Map.copyOf(derived);
        this.estimatedTokens = estimateTokens(text);
    }

    String text() {
        return text;
    }

    Set<String> tasks() {
        return tasks;
    }

    /** The slots on trial that it goes through, too. */
    Set<String> trials() {
        return trials;
    }

    Map<Object, Object> derived() {
        return derived;
    }

    int estimatedTokens() {
        return estimatedTokens;
    }

    /** Whether nobody waits for the event any more: answered, failed or cancelled. */
    boolean isDone() {
        return run.isDone();
    }

    /** Ends the step; returns the event's next ones. */
    List<PendingText> complete(Map<String, TaskResult> results, Map<Object, Object> derivedNow) {
        return run.ended(this, results, derivedNow);
    }

    /** Fails the event. */
    void fail(InferenceException cause) {
        run.fail(cause);
    }

    Duration waitedUntil(long nanos) {
        return Duration.ofNanos(nanos - submittedNanos);
    }

    /**
     * A guess without a tokenizer: four letters or blanks a token, and each other character (digit, punctuation, a
     * script whose characters are words) one of its own. Two tokens mark start and end.
     */
    static int estimateTokens(String text) {
        int examined = Math.min(text.length(), EXAMINED_CHARS);
        int quarters = text.length() - examined;
        for (int i = 0; i < examined; i++) {
            quarters += isLetterOrBlank(text.charAt(i)) ? 1 : 4;
        }
        return quarters / 4 + 2;
    }

    private static boolean isLetterOrBlank(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
    }
}
