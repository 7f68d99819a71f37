package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.lexstream.runtime.OnnxGraph;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a decoder reads in one run, under the names that its graph has. Owns what was made for that run only. */
final class StepInputs implements AutoCloseable {
    private final Map<String, OnnxTensor> tensors = new HashMap<>();
    private final List<OnnxTensor> made = new ArrayList<>();
    private final Past past;

    /**
     * What was computed before; it stays its owner's.
     *
     * @param self keys and values of the tokens before; none = there are no tokens before
     * @param cross keys and values of the source; none = the graph computes them
     */
    record Past(SourceSide source, NamedTensors self, NamedTensors cross) {}

    private StepInputs(Past past) {
        this.past = past;
    }

    /**
     * @param ids tokens to read, row by row
     * @param cached whether the graph is to go on from the past, if it can do both
     */
    static StepInputs of(OnnxGraph graph, long[] ids, boolean cached, Past past) throws OrtException {
        StepInputs inputs = new StepInputs(past);
        try {
            for (Map.Entry<String, TensorInfo> input : graph.inputs().entrySet()) {
                inputs.tensors.put(input.getKey(), inputs.tensor(input.getKey(), input.getValue(), ids, cached));
            }
            return inputs;
        } catch (OrtException | RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    Map<String, OnnxTensor> tensors() {
        return tensors;
    }

    private OnnxTensor tensor(String name, TensorInfo info, long[] ids, boolean cached) throws OrtException {
        int rows = past.source().rows();
        return switch (name) {
            case Names.CROSS_MASK -> past.source().mask();
            case Names.CROSS_STATES -> past.source().states();
            case Names.IDS ->
                own(OnnxTensor.createTensor(
                        OnnxGraph.environment(), LongBuffer.wrap(ids), new long[] {rows, ids.length / rows}));
            case Names.USE_CACHE -> own(OnnxTensor.createTensor(OnnxGraph.environment(), new boolean[] {cached}));
            default -> {
                NamedTensors cache = Names.isSelf(name) ? past.self() : past.cross();
                yield cache.isEmpty() ? own(empty(info, rows)) : cache.get(Names.part(name));
            }
        };
    }

    /** A past of no tokens: [rows, heads, 0, width]. */
    private static OnnxTensor empty(TensorInfo past, int rows) throws OrtException {
        long[] shape = past.getShape();
        return OnnxTensor.createTensor(
                OnnxGraph.environment(), FloatBuffer.allocate(0), new long[] {rows, shape[1], 0, shape[3]});
    }

    private OnnxTensor own(OnnxTensor tensor) {
        made.add(tensor);
        return tensor;
    }

    @Override
    public void close() {
        made.forEach(OnnxTensor::close);
    }
}
