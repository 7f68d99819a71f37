package io.lexstream.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.model.ModelRejectedException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One ONNX graph in native memory, with one float output that its user wants. Safe for concurrent runs. */
public final class OnnxSession implements AutoCloseable {
    private final OnnxGraph graph;
    private final String output;

    private OnnxSession(OnnxGraph graph, String output) {
        this.graph = graph;
        this.output = output;
    }

    /**
     * Loads a graph whose float output has {@code outputRank} dimensions.
     *
     * @throws ModelRejectedException if it does not load or has no such output
     */
    public static OnnxSession open(Path graph, int outputRank, int intraOpThreads) throws ModelRejectedException {
        return of(OnnxGraph.open(graph, intraOpThreads), outputRank);
    }

    /** Takes ownership of {@code graph}, also if it is refused. */
    static OnnxSession of(OnnxGraph graph, int outputRank) throws ModelRejectedException {
        for (String output : graph.outputs().keySet()) {
            if (graph.hasFloatOutput(output, outputRank)) {
                return new OnnxSession(graph, output);
            }
        }
        graph.close();
        throw new ModelRejectedException("the graph has no float output of rank " + outputRank + ", only "
                + graph.outputs().keySet());
    }

    public static OrtEnvironment environment() {
        return OnnxGraph.environment();
    }

    public Set<String> inputs() {
        return graph.inputs().keySet();
    }

    /** Sizes of the output's dimensions; -1 = any. */
    public long[] outputShape() {
        return Objects.requireNonNull(graph.outputs().get(output), output).getShape();
    }

    /** Runs the graph. Only Java arrays leave it; {@code inputs} stay the caller's. */
    public Output run(Map<String, OnnxTensor> inputs) throws OrtException {
        try (OrtSession.Result result = graph.run(inputs, Set.of(output))) {
            OnnxTensor tensor = (OnnxTensor) result.get(0);
            FloatBuffer buffer = tensor.getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return new Output(values, tensor.getInfo().getShape());
        }
    }

    @Override
    public void close() {
        graph.close();
    }

    /** A float tensor, row by row. */
    public static final class Output {
        private final float[] values;
        private final long[] shape;

        Output(float[] values, long[] shape) {
            this.values = values;
            this.shape = shape;
        }

        public float[] values() {
            return values;
        }

        public long[] shape() {
            return shape;
        }
    }
}
