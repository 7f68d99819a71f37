package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A model without a network: a text has as many tokens as characters, and its label is "name:text". */
final class FakeModel implements TextModel {
    final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger tokenised = new AtomicInteger();
    final AtomicBoolean closed = new AtomicBoolean();
    private final String name;
    private volatile Consumer<TextBatch> beforeLengths = batch -> {};
    private volatile Consumer<TextBatch> beforeRun = batch -> {};
    private volatile UnaryOperator<List<TextOutput>> answer = outputs -> outputs;
    private volatile boolean recording = true;

    FakeModel(String name) {
        this.name = name;
    }

    /** What happens when texts are tokenised; it may throw. */
    FakeModel beforeLengths(Consumer<TextBatch> action) {
        beforeLengths = beforeLengths.andThen(action);
        return this;
    }

    /** What happens when a batch runs; it may throw or wait. */
    FakeModel beforeRun(Consumer<TextBatch> action) {
        beforeRun = beforeRun.andThen(action);
        return this;
    }

    /** Changes the right answer into another one. */
    FakeModel answering(UnaryOperator<List<TextOutput>> change) {
        answer = change;
        return this;
    }

    FakeModel withoutRecording() {
        recording = false;
        return this;
    }

    /** A failure that only batches with {@code text} in them have. */
    static Consumer<TextBatch> failingOn(String text) {
        return batch -> {
            if (batch.texts().contains(text)) {
                throw new InferenceException("cannot read it");
            }
        };
    }

    static ModelVersion version(String task, String version) {
        return new ModelVersion(task, task + "-model", version, "digest of " + version);
    }

    static Classification labelled(String label) {
        return Classification.of(List.of(label), new double[] {1}, false, 1);
    }

    @Override
    public int[] lengths(TextBatch texts) {
        requireOpen();
        beforeLengths.accept(texts);
        List<Integer> lengths = texts.derive(this, batch -> {
            tokenised.addAndGet(batch.size());
            return batch.texts().stream().map(String::length).toList();
        });
        return lengths.stream().mapToInt(length -> length).toArray();
    }

    @Override
    public List<? extends TextOutput> run(TextBatch texts) {
        requireOpen();
        if (recording) {
            batches.add(texts.texts());
        }
        beforeRun.accept(texts);
        List<TextOutput> outputs = new ArrayList<>();
        texts.texts().forEach(text -> outputs.add(labelled(name + ":" + text)));
        requireOpen();
        return answer.apply(outputs);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            throw new IllegalStateException(name + " was closed twice");
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException(name + " is closed");
        }
    }
}
