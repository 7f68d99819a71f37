package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** ONNX files: parsed once, and looked at before native code sees them. */
public final class GraphFile {
    /** ONNX's own limit for one file is 2 GiB. */
    private static final int MAX_BYTES = Integer.MAX_VALUE;

    private static final int BUFFER_BYTES = 1 << 20;

    private GraphFile() {}

    /**
     * The graph in {@code file}.
     *
     * @throws GraphException if it is not ONNX at all, reaches outside its own file, or its tensors do not hold what
     *     they claim
     */
    public static ModelProto read(Path file) throws IOException, GraphException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            CodedInputStream coded = CodedInputStream.newInstance(in, BUFFER_BYTES);
            coded.setSizeLimit(MAX_BYTES);
            ModelProto model = ModelProto.parseFrom(coded);
            GraphCheck.check(model);
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new GraphException("it is not an ONNX file, or a truncated one: " + e.getMessage(), e);
        }
    }
}
