package io.lexstream.processors;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.runtime.InferenceException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Says "long" of texts with more than ten characters, else "short", unless told otherwise. A token is a character, a
 * question mark an unknown one.
 */
final class FakeModel implements TextModel {
    private final List<String> labels;
    private final AtomicInteger texts = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String poison = "";
    private volatile Function<String, double[]> scores =
            text -> text.length() > 10 ? new double[] {0.25, 0.75} : new double[] {0.75, 0.25};
    private volatile boolean closed;

    FakeModel() {
        this("short", "long");
    }

    FakeModel(String... labels) {
        this.labels = List.of(labels);
    }

    @Override
    public int[] lengths(TextBatch batch) {
        return batch.texts().stream().mapToInt(String::length).toArray();
    }

    @Override
    public List<Classification> run(TextBatch batch) {
        await();
        if (!poison.isEmpty() && batch.texts().stream().anyMatch(text -> text.contains(poison))) {
            throw new InferenceException("batch of " + batch.size());
        }
        texts.addAndGet(batch.size());
        return batch.texts().stream()
                .map(text -> Classification.of(labels, scores.apply(text), false, 1)
                        .withTokens(text.length(), (int)
                                text.chars().filter(c -> c == '?').count()))
                .toList();
    }

    /** What it says of a text, one probability a label. */
    FakeModel answering(Function<String, double[]> answers) {
        scores = answers;
        return this;
    }

    /** Batches with a text that holds {@code poison} fail. */
    void failOn(String text) {
        poison = text;
    }

    /** Batches wait until the latch opens. */
    void block(CountDownLatch until) {
        gate = until;
    }

    int texts() {
        return texts.get();
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new InferenceException("interrupted", e);
        }
    }
}
