package io.lexstream.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Texts that one worker took together: tokenised at once, cut into batches, each run through every task's model. */
final class Window {
    private final List<PendingText> texts;
    private final TextBatch tokenised;
    private final List<TaskRun> tasks = new ArrayList<>();
    private final TokenBudget budget;
    private final EngineObserver observer;
    private final long startNanos = System.nanoTime();

    Window(List<PendingText> texts, BorrowedModels models, TokenBudget budget, EngineObserver observer) {
        this.texts = texts;
        this.tokenised = new TextBatch(texts.stream().map(PendingText::text).toList());
        this.budget = budget;
        this.observer = observer;
        models.forEach(model -> tasks.add(new TaskRun(model, observer, startNanos)));
    }

    /**
     * Runs batch after batch, and answers each text as soon as its batch has run.
     *
     * @param stopped asked before each batch
     * @throws InferenceException if a model is broken, or when stopped; texts not yet answered stay so
     */
    void run(BooleanSupplier stopped) {
        Optional<int[]> lengths = tokenise();
        observer.windowStarted(
                texts.size(), texts.get(0).waitedUntil(startNanos), Duration.ofNanos(System.nanoTime() - startNanos));
        if (lengths.isEmpty()) {
            for (PendingText text : texts) {
                requireRunning(stopped);
                runAlone(text);
            }
            return;
        }
        for (List<Integer> rows : budget.cut(lengths.get())) {
            requireRunning(stopped);
            runBatch(rows.stream().filter(row -> !texts.get(row).isDone()).toList());
        }
    }

    /** Each text's length for the task that reads most of it; empty if a tokenizer failed. */
    private Optional<int[]> tokenise() {
        int[] longest = new int[texts.size()];
        for (TaskRun task : tasks) {
            try {
                int[] lengths = task.lengths(tokenised);
                for (int i = 0; i < longest.length; i++) {
                    longest[i] = Math.max(longest[i], lengths[i]);
                }
            } catch (Exception | StackOverflowError e) {
                observer.batchFailed(task.task(), texts.size());
                return Optional.empty();
            }
        }
        return Optional.of(longest);
    }

    private static void requireRunning(BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            throw new InferenceException("the engine was closed before the text's turn");
        }
    }

    private void runBatch(List<Integer> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<PendingText> batchTexts = rows.stream().map(texts::get).toList();
        Answers answers = new Answers(batchTexts);
        TextBatch batch = tokenised.select(rows);
        for (TaskRun task : tasks) {
            try {
                answers.add(task.task(), task.together(batchTexts, batch));
            } catch (Exception | StackOverflowError e) {
                observer.batchFailed(task.task(), rows.size());
                answers.add(task.task(), task.eachAlone(batchTexts));
                batch = tokenised.select(rows); // the next task shall not read what a failed run has left behind
            }
        }
        answers.complete();
    }

    private void runAlone(PendingText text) {
        if (text.isDone()) {
            return;
        }
        Answers answers = new Answers(List.of(text));
        for (TaskRun task : tasks) {
            answers.add(task.task(), task.eachAlone(List.of(text)));
        }
        answers.complete();
    }

    /** The results of some texts, gathered task by task. */
    private static final class Answers {
        private final List<PendingText> texts;
        private final List<Map<String, TaskResult>> resultsByTask = new ArrayList<>();

        Answers(List<PendingText> texts) {
            this.texts = texts;
            texts.forEach(text -> resultsByTask.add(new LinkedHashMap<>()));
        }

        void add(String task, List<TaskResult> results) {
            for (int i = 0; i < results.size(); i++) {
                resultsByTask.get(i).put(task, results.get(i));
            }
        }

        void complete() {
            for (int i = 0; i < texts.size(); i++) {
                texts.get(i).complete(Collections.unmodifiableMap(resultsByTask.get(i)));
            }
        }
    }
}
