package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Events of all partitions and threads in, futures of all their results out.
 *
 * <p>An event is a {@link Chain}: it is admitted once, each of its steps that ends decides which come next, and those
 * go before the events that wait. A text that simply goes through every task is the chain of one step.
 *
 * <p>A text that a model cannot read has a {@link TaskResult.Failure} as its result. A future that fails (always with
 * an {@link InferenceException}) means that we are broken or closed. No future stays without an answer. Futures are
 * completed by the workers: what depends on one must be quick, and must not submit.
 */
public final class BatchEngine implements AutoCloseable {
    private final Map<String, ModelSlot> slots;
    private final Map<String, ModelSlot> trials;
    private final TextQueue queue;
    private final TokenBudget budget;
    private final EngineObserver observer;
    private final List<Thread> workers = new ArrayList<>();

    /** Starts the workers; {@code slots} (by task) stay the caller's, and stay open until the engine is closed. */
    public BatchEngine(BatchSettings settings, Map<String, ModelSlot> slots, EngineObserver observer) {
        this(settings, slots, Map.of(), observer);
    }

    /**
     * As {@link #BatchEngine(BatchSettings, Map, EngineObserver)}.
     *
     * @param trials slots of models on trial, by a name that no task has; they may be empty, and only texts that ask
     *     for one go through it. A model there that is broken fails those texts for itself, and nothing else.
     */
    public BatchEngine(
            BatchSettings settings,
            Map<String, ModelSlot> slots,
            Map<String, ModelSlot> trials,
            EngineObserver observer) {
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("an engine needs at least one task");
        }
        this.slots = new LinkedHashMap<>(slots);
        this.trials = new LinkedHashMap<>(trials);
        this.queue = new TextQueue(settings);
        this.budget = new TokenBudget(settings.batchTokens());
        this.observer = new GuardedObserver(observer);
        try {
            for (int i = 0; i < settings.workers(); i++) {
                workers.add(startWorker("inference-" + i));
            }
        } catch (Throwable e) {
            queue.close();
            throw e;
        }
    }

    /** As {@link #submit(Chain)}, of a text that goes through every task, and through no model on trial. */
    public CompletableFuture<Map<String, TaskResult>> submit(String text) throws InterruptedException {
        return submit(everyTask(text, Set.of()));
    }

    /**
     * Hands an event in; blocks while the queue is full. The future holds the result of every task that ran, by task;
     * those of one step in the order of the slots. Cancelling it spares the work of batches that have not begun.
     *
     * @throws IllegalStateException if the engine is closed
     */
    public CompletableFuture<Map<String, TaskResult>> submit(Chain chain) throws InterruptedException {
        ChainRun run = new ChainRun(chain);
        queue.put(run.begin());
        return run.results();
    }

    /** As {@link #submit(Chain)}, but empty at once when the queue is full. */
    public Optional<CompletableFuture<Map<String, TaskResult>>> offer(Chain chain) {
        ChainRun run = new ChainRun(chain);
        return queue.offer(run.begin()) ? Optional.of(run.results()) : Optional.empty();
    }

    /** The text through every task at once, and through the models on trial that {@code trialSlots} name. */
    public Chain everyTask(String text, Set<String> trialSlots) {
        Step step = new Step(text, slots.keySet(), trialSlots);
        return results -> List.of(step);
    }

    /** Texts that wait now. */
    public int queued() {
        return queue.size();
    }

    /** Fails what waits, lets each worker end the batch that it runs, joins the workers. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive() && worker != Thread.currentThread()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true; // Who closes us closes the models next: no worker may still be running one.
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread startWorker(String name) {
        Thread worker = new Thread(this::work, name);
        worker.setDaemon(true);
        worker.start();
        return worker;
    }

    private void work() {
        try {
            while (runNextWindow()) {}
        } finally {
            queue.close(); // a worker that dies takes the engine with it, so that nobody waits for ever
        }
    }

    /** False once the engine is closed. A method of its own, so that no text outlives its window on the stack. */
    private boolean runNextWindow() {
        List<PendingText> taken = queue.take();
        taken.stream()
                .collect(Collectors.groupingBy(PendingText::tasks, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(this::runWindow);
        return !taken.isEmpty();
    }

    /** Runs texts that go through the same tasks. */
    private void runWindow(List<PendingText> texts) {
        try (BorrowedModels models = BorrowedModels.borrow(slots, trials, texts)) {
            new Window(texts, models, budget, observer, queue::goOn).run(queue::isClosed);
        } catch (InferenceException e) {
            texts.forEach(text -> text.fail(e));
        } catch (Throwable e) { // whatever it is, the futures must hear of it
            var cause =
                    new InferenceException(texts.get(0).tasks() + ": a window of " + texts.size() + " texts failed", e);
            texts.forEach(text -> text.fail(cause));
        }
    }
}
