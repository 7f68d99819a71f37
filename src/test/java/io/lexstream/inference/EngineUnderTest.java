package io.lexstream.inference;

import static io.lexstream.inference.FakeModel.version;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An engine with fake models, whose only worker can be held while texts gather behind it. */
final class EngineUnderTest implements AutoCloseable {
    /** The text that {@link #hold} keeps the worker busy with. */
    private static final String HELD = "held";

    final FakeModel sentiment = new FakeModel("sentiment");
    final FakeModel spam = new FakeModel("spam");
    final ModelSlot sentimentSlot = new ModelSlot("sentiment");
    final ModelSlot spamSlot = new ModelSlot("spam");
    final BatchEngine engine;
    private final Gate gate = new Gate();
    private final List<CompletableFuture<Map<String, TaskResult>>> held = new ArrayList<>();

    EngineUnderTest(BatchSettings settings) {
        this(settings, EngineObserver.NONE);
    }

    EngineUnderTest(BatchSettings settings, EngineObserver observer) {
        sentiment.beforeRun(batch -> {
            if (batch.texts().contains(HELD)) {
                gate.pass();
            }
        });
        sentimentSlot.swap(version("sentiment", "1"), sentiment);
        spamSlot.swap(version("spam", "1"), spam);
        Map<String, ModelSlot> slots = new LinkedHashMap<>();
        slots.put("sentiment", sentimentSlot);
        slots.put("spam", spamSlot);
        engine = new BatchEngine(settings, slots, observer);
    }

    /** One worker and room for everything. */
    static BatchSettings oneWorker() {
        return new BatchSettings(1, 1000, 1_000_000, 1024, 1000);
    }

    CompletableFuture<Map<String, TaskResult>> submit(String text) throws InterruptedException {
        return engine.submit(text);
    }

    Optional<CompletableFuture<Map<String, TaskResult>>> offer(String text) {
        return engine.offer(engine.everyTask(text, Set.of()));
    }

    /** Submits the texts while the worker is held, then lets it run: they meet in the queue. */
    List<CompletableFuture<Map<String, TaskResult>>> submitTogether(String... texts) throws InterruptedException {
        hold(texts);
        release();
        return held.subList(1, held.size());
    }

    /** Keeps the worker busy, and some texts behind it, until {@link #release}. */
    void hold(String... waiting) throws InterruptedException {
        held.add(submit(HELD));
        gate.awaitReached();
        for (String text : waiting) {
            held.add(submit(text));
        }
    }

    /** The text that the worker is held with, and those behind it. */
    List<CompletableFuture<Map<String, TaskResult>>> held() {
        return held;
    }

    void release() {
        gate.open();
    }

    /** The batches that the model has run, but for the held one. */
    static List<List<String>> batches(FakeModel model) {
        return model.batches.stream()
                .filter(batch -> !batch.equals(List.of(HELD)))
                .toList();
    }

    static Map<String, TaskResult> results(CompletableFuture<Map<String, TaskResult>> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(20, TimeUnit.SECONDS);
    }

    static TaskResult result(CompletableFuture<Map<String, TaskResult>> future, String task)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Objects.requireNonNull(results(future).get(task), task);
    }

    /** The label that a task gave, or "failed". */
    static String label(CompletableFuture<Map<String, TaskResult>> future, String task)
            throws InterruptedException, ExecutionException, TimeoutException {
        return result(future, task) instanceof TaskResult.Success success
                        && success.output() instanceof Classification classification
                ? classification.label()
                : "failed";
    }

    @Override
    public void close() {
        release();
        engine.close();
        sentimentSlot.close();
        spamSlot.close();
    }
}
