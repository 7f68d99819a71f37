package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Tensors in native memory, by name, and the run whose outputs they are: closing that frees them. */
final class NamedTensors implements AutoCloseable {
    private final Map<String, OnnxTensor> tensors;
    private final AutoCloseable owner;

    private NamedTensors(Map<String, OnnxTensor> tensors, AutoCloseable owner) {
        this.tensors = tensors;
        this.owner = owner;
    }

    static NamedTensors none() {
        return new NamedTensors(Map.of(), () -> {});
    }

    /** The outputs of {@code result} that are {@code wanted}, renamed; takes ownership of all of it. */
    static NamedTensors owning(OrtSession.Result result, Predicate<String> wanted, UnaryOperator<String> name) {
        return new NamedTensors(pick(result, wanted, name), result);
    }

    /** As {@link #owning}, of a result that somebody else owns for longer. */
    static NamedTensors borrowing(OrtSession.Result result, Predicate<String> wanted, UnaryOperator<String> name) {
        return new NamedTensors(pick(result, wanted, name), () -> {});
    }

    private static Map<String, OnnxTensor> pick(
            OrtSession.Result result, Predicate<String> wanted, UnaryOperator<String> name) {
        Map<String, OnnxTensor> picked = new LinkedHashMap<>();
        result.forEach(entry -> {
            if (wanted.test(entry.getKey())) {
                picked.put(name.apply(entry.getKey()), (OnnxTensor) entry.getValue());
            }
        });
        return picked;
    }

    OnnxTensor get(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    Map<String, OnnxTensor> all() {
        return tensors;
    }

    boolean isEmpty() {
        return tensors.isEmpty();
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot free tensors", e);
        }
    }
}
