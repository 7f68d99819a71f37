package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Texts that one worker took together and that go through the same tasks: tokenised at once, cut into batches, each run
 * through every task's model.
 */
final class Window {
    private final List<PendingText> texts;
    private final TextBatch tokenised;
    private final List<TaskRun> tasks = new ArrayList<>();
    private final List<TaskRun> trials = new ArrayList<>();
    private final TokenBudget budget;
    private final EngineObserver observer;
    private final Consumer<List<PendingText>> next;
    private final long startNanos = System.nanoTime();

    /** @param next takes what comes next of the texts' events, a batch's together */
    Window(
            List<PendingText> texts,
            BorrowedModels models,
            TokenBudget budget,
            EngineObserver observer,
            Consumer<List<PendingText>> next) {
        this.texts = texts;
        this.tokenised = new TextBatch(
                texts.stream().map(PendingText::text).toList(),
                texts.stream().map(PendingText::derived).toList());
        this.budget = budget;
        this.observer = observer;
        this.next = next;
        models.models().forEach(model -> tasks.add(new TaskRun(model, observer, startNanos)));
        models.trials().forEach(model -> trials.add(new TaskRun(model, observer, startNanos)));
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

    /** What each text costs the model that it costs most; empty if a task's tokenizer failed. */
    private Optional<int[]> tokenise() {
        int[] longest = new int[texts.size()];
        for (TaskRun task : tasks) {
            try {
                int[] costs = task.costs(tokenised);
                for (int i = 0; i < longest.length; i++) {
                    longest[i] = Math.max(longest[i], costs[i]);
                }
            } catch (Exception | StackOverflowError e) {
                observer.batchFailed(task.version(), texts.size());
                return Optional.empty();
            }
        }
        trials.forEach(trial -> lengthen(longest, trial));
        return Optional.of(longest);
    }

    private void lengthen(int[] longest, TaskRun trial) {
        List<Integer> rows = rowsOf(trial, texts);
        try {
            int[] costs = trial.costs(tokenised); // all texts: they are tokenised already if it has a task's tokenizer
            rows.forEach(row -> longest[row] = Math.max(longest[row], costs[row]));
        } catch (Exception | StackOverflowError e) {
            observer.batchFailed(trial.version(), rows.size()); // it fails again when it runs, and has its results then
        }
    }

    /** Which of {@code texts} ask for a model on trial. */
    private static List<Integer> rowsOf(TaskRun trial, List<PendingText> texts) {
        return IntStream.range(0, texts.size())
                .filter(row -> texts.get(row).trials().contains(trial.slot()))
                .boxed()
                .toList();
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
                answers.add(task.slot(), task.together(batchTexts, batch));
            } catch (Exception | StackOverflowError e) {
                observer.batchFailed(task.version(), rows.size());
                answers.add(task.slot(), task.eachAlone(batchTexts));
                batch = tokenised.select(rows); // the next task shall not read what a failed run has left behind
            }
        }
        runTrials(batchTexts, batch, answers);
        goOn(answers.complete(batch));
    }

    /** After the tasks: where a model on trial has a task's encoder, that one's pass is there to be read. */
    private void runTrials(List<PendingText> batchTexts, TextBatch batch, Answers answers) {
        for (TaskRun trial : trials) {
            List<Integer> rows = rowsOf(trial, batchTexts);
            if (!rows.isEmpty()) {
                List<PendingText> wanting = rows.stream().map(batchTexts::get).toList();
                answers.add(trial.slot(), rows, trial.onTrial(wanting, batch.select(rows)));
            }
        }
    }

    private void runAlone(PendingText text) {
        if (text.isDone()) {
            return;
        }
        Answers answers = new Answers(List.of(text));
        for (TaskRun task : tasks) {
            answers.add(task.slot(), task.eachAlone(List.of(text)));
        }
        TextBatch alone = new TextBatch(List.of(text.text()));
        runTrials(List.of(text), alone, answers);
        goOn(answers.complete(alone));
    }

    private void goOn(List<PendingText> following) {
        if (!following.isEmpty()) {
            next.accept(following);
        }
    }

    /** The results of some texts, gathered model by model. */
    private static final class Answers {
        private final List<PendingText> texts;
        private final List<Map<String, TaskResult>> resultsBySlot = new ArrayList<>();

        Answers(List<PendingText> texts) {
            this.texts = texts;
            texts.forEach(text -> resultsBySlot.add(new LinkedHashMap<>()));
        }

        void add(String slot, List<TaskResult> results) {
            for (int i = 0; i < results.size(); i++) {
                resultsBySlot.get(i).put(slot, results.get(i));
            }
        }

        void add(String slot, List<Integer> rows, List<TaskResult> results) {
            for (int i = 0; i < results.size(); i++) {
                resultsBySlot.get(rows.get(i)).put(slot, results.get(i));
            }
        }

        /** Ends the texts' steps; returns what comes next. */
        List<PendingText> complete(TextBatch batch) {
            List<PendingText> following = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                following.addAll(texts.get(i).complete(resultsBySlot.get(i), batch.derived(i)));
            }
            return following;
        }
    }
}
