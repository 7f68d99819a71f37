package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import io.lexstream.runtime.InferenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Runs one model over a batch; if that fails, over each text alone, to find the one that is to blame. */
final class TaskRun {
    private final BorrowedModel model;
    private final EngineObserver observer;
    private final long windowStartNanos;

    TaskRun(BorrowedModel model, EngineObserver observer, long windowStartNanos) {
        this.model = model;
        this.observer = observer;
        this.windowStartNanos = windowStartNanos;
    }

    /** The name of the model's slot. */
    String slot() {
        return model.slot();
    }

    ModelVersion version() {
        return model.version();
    }

    /** What batches are cut by. */
    int[] costs(TextBatch batch) {
        return model.costs(batch);
    }

    /**
     * One result a text.
     *
     * @throws RuntimeException if the batch could not be run; nothing is known about which text is to blame
     */
    List<TaskResult> together(List<PendingText> texts, TextBatch batch) {
        int[] lengths = model.lengths(batch);
        long start = System.nanoTime();
        List<? extends TextOutput> outputs = model.run(batch);
        Duration inference = Duration.ofNanos(System.nanoTime() - start);
        observer.batchRan(version(), batch.size(), sum(lengths), batch.size() * longest(lengths), inference);

        List<TaskResult> results = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Duration queued = texts.get(i).waitedUntil(windowStartNanos);
            results.add(new TaskResult.Success(model.version(), outputs.get(i), queued, inference, texts.size()));
        }
        return results;
    }

    /**
     * One result a text, from runs that share nothing.
     *
     * @throws InferenceException if the model is broken, and no text is to blame
     */
    List<TaskResult> eachAlone(List<PendingText> texts) {
        return texts.stream().map(this::alone).toList();
    }

    /**
     * One result a text, of a model on trial: a failure where {@link #eachAlone} has none, for a broken model on trial
     * must not keep the others from answering.
     */
    List<TaskResult> onTrial(List<PendingText> texts, TextBatch batch) {
        try {
            return together(texts, batch);
        } catch (Exception | StackOverflowError e) {
            observer.batchFailed(version(), texts.size());
        }
        try {
            return eachAlone(texts);
        } catch (InferenceException broken) {
            return Collections.nCopies(texts.size(), new TaskResult.Failure(version(), broken));
        }
    }

    private TaskResult alone(PendingText text) {
        try {
            return together(List.of(text), new TextBatch(List.of(text.text()))).get(0);
        } catch (Exception | StackOverflowError e) { // a text can nest too deep for a stack that is whole again here
            model.requireSound();
            return new TaskResult.Failure(model.version(), asInferenceException(e, text));
        }
    }

    private InferenceException asInferenceException(Throwable cause, PendingText text) {
        return cause instanceof InferenceException known
                ? known
                : new InferenceException(
                        model.version() + ": a text of " + text.text().length() + " characters", cause);
    }

    private static int sum(int[] lengths) {
        return Arrays.stream(lengths).sum();
    }

    private static int longest(int[] lengths) {
        return Arrays.stream(lengths).max().orElse(0);
    }
}
