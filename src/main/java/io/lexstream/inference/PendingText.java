package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One text on its way through the engine, with the future that its sender holds. No record: toString shows no text. */
final class PendingText {
    /** Characters that are looked at one by one; what follows is taken for words. */
    private static final int EXAMINED_CHARS = 8192;

    private final String text;
    private final Set<String> trials;
    private final int estimatedTokens;
    private final long submittedNanos = System.nanoTime();
    private final CompletableFuture<Map<String, TaskResult>> results = new CompletableFuture<>();

    PendingText(String text) {
        this(text, Set.of());
    }

    /** @param trials the slots on trial that it goes through, too */
    PendingText(String text, Set<String> trials) {
        this.text = text;
        this.trials = Set.copyOf(trials);
        this.estimatedTokens = estimateTokens(text);
    }

    String text() {
        return text;
    }

    /** The slots on trial that it goes through, too. */
    Set<String> trials() {
        return trials;
    }

    int estimatedTokens() {
        return estimatedTokens;
    }

    CompletableFuture<Map<String, TaskResult>> results() {
        return results;
    }

    /** Whether nobody waits any more: answered, failed or cancelled. */
    boolean isDone() {
        return results.isDone();
    }

    void complete(Map<String, TaskResult> resultsByTask) {
        results.complete(resultsByTask);
    }

    void fail(InferenceException cause) {
        results.completeExceptionally(cause);
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
