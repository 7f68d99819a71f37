package io.lexstream.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small graph behind an encoder: features [rows, dimensions] to logits [rows, outputs]. Safe for concurrent runs. */
final class FeatureHead implements AutoCloseable {
    private final OnnxSession graph;
    private final String input;

    private FeatureHead(OnnxSession graph, String input) {
        this.graph = graph;
        this.input = input;
    }

    /** @throws ModelRejectedException if it does not load, or has another number of inputs than one */
    static FeatureHead open(Path file) throws ModelRejectedException {
        OnnxSession graph = OnnxSession.open(file, 2, 1);
        if (graph.inputs().size() != 1) {
            ModelRejectedException rejected =
                    new ModelRejectedException("the head's inputs are " + graph.inputs() + ", expected one");
            graph.close();
            throw rejected;
        }
        return new FeatureHead(graph, graph.inputs().iterator().next());
    }

    /** @param rows one or more, all of one length */
    OnnxSession.Output run(List<float[]> rows) {
        int dimensions = rows.get(0).length;
        FloatBuffer features = FloatBuffer.allocate(rows.size() * dimensions);
        rows.forEach(features::put);
        features.flip();
        long[] shape = {rows.size(), dimensions};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OnnxSession.environment(), features, shape)) {
            return graph.run(Map.of(input, tensor));
        } catch (OrtException e) {
            throw new InferenceException("head on " + rows.size() + " x " + dimensions + " features", e);
        }
    }

    @Override
    public void close() {
        graph.close();
    }
}
