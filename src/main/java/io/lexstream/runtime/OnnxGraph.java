package io.lexstream.runtime;

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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One ONNX graph in native memory. Safe for concurrent runs; its user may keep a run's outputs in native memory. */
public final class OnnxGraph implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, TensorInfo> inputs;
    private final Map<String, TensorInfo> outputs;

    private OnnxGraph(OrtSession session) throws OrtException {
        this.session = session;
        this.inputs = tensors(session.getInputInfo());
        this.outputs = tensors(session.getOutputInfo());
    }

    /** @throws ModelRejectedException if it does not load */
    public static OnnxGraph open(Path graph, int intraOpThreads) throws ModelRejectedException {
        checkFile(graph);
        return open(options -> environment().createSession(graph.toString(), options), intraOpThreads);
    }

    /** As {@link #open(Path, int)}, of a checked graph in a direct buffer, which is not needed afterwards. */
    public static OnnxGraph open(ByteBuffer graph, int intraOpThreads) throws ModelRejectedException {
        return open(options -> environment().createSession(graph, options), intraOpThreads);
    }

    private static OnnxGraph open(Loading loading, int intraOpThreads) throws ModelRejectedException {
        OrtSession session = null;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            // Spinning workers steal the cores from one another.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = loading.with(options);
            return new OnnxGraph(session);
        } catch (OrtException e) {
            closeQuietly(session);
            throw new ModelRejectedException("the graph does not load: " + firstLine(e), e);
        }
    }

    /** Shared by the process and never closed. */
    public static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }

    /** Its tensor inputs, by name. */
    public Map<String, TensorInfo> inputs() {
        return inputs;
    }

    /** Its tensor outputs, by name, in the graph's order. */
    public Map<String, TensorInfo> outputs() {
        return outputs;
    }

    /** Whether {@code name} is an output of floats with that many dimensions. */
    public boolean hasFloatOutput(String name, int rank) {
        TensorInfo output = outputs.get(name);
        return output != null && output.type == OnnxJavaType.FLOAT && output.getShape().length == rank;
    }

    /** Runs the graph. The result holds native memory and is the caller's to close; so are {@code inputs}. */
    public OrtSession.Result run(Map<String, OnnxTensor> inputs, Set<String> wanted) throws OrtException {
        return session.run(inputs, wanted);
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

    private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            if (node.getInfo() instanceof TensorInfo tensor) {
                tensors.put(name, tensor);
            }
        });
        return tensors;
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
}
