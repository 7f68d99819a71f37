package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at a graph file before native code does: is it ONNX at all, does it stay inside its own file, do its tensors
 * hold what they claim.
 */
public final class GraphCheck {
    /** Larger than ONNX's own limit of 2 GiB for one file. */
    private static final int MAX_BYTES = Integer.MAX_VALUE;

    private GraphCheck() {}

    /** What is wrong with the file, if anything. */
    public static Optional<String> problem(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            CodedInputStream coded = CodedInputStream.newInstance(in, 1 << 20);
            coded.setSizeLimit(MAX_BYTES);
            ModelProto model = ModelProto.parseFrom(coded);
            if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
                return Optional.of("it has no graph");
            }
            return problem(model.getGraph());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            return Optional.of("it is not an ONNX file, or a truncated one: " + e.getMessage());
        }
    }

    private static Optional<String> problem(GraphProto graph) {
        for (TensorProto tensor : graph.getInitializerList()) {
            Optional<String> problem = problem(tensor);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(TensorProto tensor) {
        if (tensor.getExternalDataCount() > 0) {
            return Optional.of("tensor " + tensor.getName() + " keeps its data in another file");
        }
        long elements = 1;
        for (long dimension : tensor.getDimsList()) {
            if (dimension < 0 || (dimension > 0 && elements > Integer.MAX_VALUE / dimension)) {
                return Optional.of("tensor " + tensor.getName() + " claims the dimensions " + tensor.getDimsList());
            }
            elements *= dimension;
        }
        boolean isFloat = tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber();
        if (isFloat && tensor.hasRawData() && tensor.getRawData().size() != elements * Float.BYTES) {
            return Optional.of("tensor " + tensor.getName() + " claims " + elements + " floats and holds "
                    + tensor.getRawData().size() + " bytes");
        }
        return Optional.empty();
    }
}
