package io.lexstream.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One ONNX graph in native memory, with one float output that its user wants. Safe for concurrent runs. */
final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final String output;

    private OnnxSession(OrtSession session, String output) {
        this.session = session;
        this.output = output;
    }

    /**
     * Loads a graph whose float output has {@code outputRank} dimensions.
     *
     * @throws ModelRejectedException if it does not load or has no such output
     */
    static OnnxSession open(Path graph, int outputRank, int intraOpThreads) throws ModelRejectedException {
        checkFile(graph);
        return open(options -> environment().createSession(graph.toString(), options), outputRank, intraOpThreads);
    }

    /** As {@link #open(Path, int, int)}, of a checked graph in a direct buffer, which is not needed afterwards. */
    static OnnxSession open(ByteBuffer graph, int outputRank, int intraOpThreads) throws ModelRejectedException {
        return open(options -> environment().createSession(graph, options), outputRank, intraOpThreads);
    }

    private static OnnxSession open(Loading loading, int outputRank, int intraOpThreads) throws ModelRejectedException {
        OrtSession session = null;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            // Spinning workers steal the cores from one another.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = loading.with(options);
            return new OnnxSession(session, outputOfRank(session, outputRank));
        } catch (OrtException | ModelRejectedException e) {
            closeQuietly(session);
            if (e instanceof ModelRejectedException rejected) {
                throw rejected;
            }
            throw new ModelRejectedException("the graph does not load: " + firstLine(e), e);
        }
    }

    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(); // shared by the process and never closed
    }

    Set<String> inputs() {
        return session.getInputNames();
    }

    /** Sizes of the output's dimensions; -1 = any. */
    long[] outputShape() throws OrtException {
        NodeInfo info = Objects.requireNonNull(session.getOutputInfo().get(output), output);
        return ((TensorInfo) info.getInfo()).getShape();
    }

    /** Runs the graph. Only Java arrays leave it; {@code inputs} stay the caller's. */
    Output run(Map<String, OnnxTensor> inputs) throws OrtException {
        try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
            OnnxTensor tensor = (OnnxTensor) result.get(0);
            FloatBuffer buffer = tensor.getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return new Output(values, tensor.getInfo().getShape());
        }
    }

    @Override
    public void close() {
        closeQuietly(session);
        NativeMemory.trim();
    }

    private static void checkFile(Path graph) throws ModelRejectedException {
        try {
            GraphFile.read(graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the graph is refused: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelRejectedException("the graph cannot be read: " + e.getMessage(), e);
        }
    }

    private static String outputOfRank(OrtSession session, int rank) throws OrtException, ModelRejectedException {
        for (var output : session.getOutputInfo().entrySet()) {
            if (output.getValue().getInfo() instanceof TensorInfo tensor
                    && tensor.type == OnnxJavaType.FLOAT
                    && tensor.getShape().length == rank) {
                return output.getKey();
            }
        }
        throw new ModelRejectedException(
                "the graph has no float output of rank " + rank + ", only " + session.getOutputNames());
    }

    private static void closeQuietly(@Nullable OrtSession session) {
        if (session == null) {
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close an ONNX session", e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    private interface Loading {
        OrtSession with(OrtSession.SessionOptions options) throws OrtException;
    }

    /** A float tensor, row by row. */
    static final class Output {
        private final float[] values;
        private final long[] shape;

        Output(float[] values, long[] shape) {
            this.values = values;
            this.shape = shape;
        }

        float[] values() {
            return values;
        }

        long[] shape() {
            return shape;
        }
    }
}
