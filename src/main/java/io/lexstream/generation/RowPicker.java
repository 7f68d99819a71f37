package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.RowGather;
import io.lexstream.runtime.OnnxGraph;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Picks rows of cached tensors without leaving native memory: one run of a graph of Gathers. Through Java's buffers
 * every tensor would be copied three times instead of once.
 */
final class RowPicker implements AutoCloseable {
    private static final int KEPT_LENGTH = RowGather.kept("").length();

    private final OnnxGraph graph;

    private RowPicker(OnnxGraph graph) {
        this.graph = graph;
    }

    /** @param tensors names of those that it can pick from, at least one */
    static RowPicker of(Collection<String> tensors) throws ModelRejectedException {
        byte[] content = RowGather.of(new TreeSet<>(tensors)).toByteArray();
        ByteBuffer direct =
                ByteBuffer.allocateDirect(content.length).put(content).flip();
        return new RowPicker(OnnxGraph.open(direct, 1));
    }

    /** Row {@code i} of what it gives is row {@code rows[i]} of {@code tensors}, which stay the caller's. */
    NamedTensors pick(NamedTensors tensors, long[] rows) throws OrtException {
        try (OnnxTensor index =
                OnnxTensor.createTensor(OnnxGraph.environment(), LongBuffer.wrap(rows), new long[] {rows.length})) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            inputs.put(RowGather.ROWS, index);
            for (String name : graph.inputs().keySet()) {
                if (!name.equals(RowGather.ROWS)) {
                    inputs.put(name, tensors.get(name));
                }
            }
            OrtSession.Result result = graph.run(inputs, graph.outputs().keySet());
            return NamedTensors.owning(result, name -> true, name -> name.substring(0, name.length() - KEPT_LENGTH));
        }
    }

    @Override
    public void close() {
        graph.close();
    }
}
