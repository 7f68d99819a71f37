package io.lexstream.generation;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.onnx.Tensors;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a float tensor holds, by which two graphs' copies of one weight are known, whatever their names.
 *
 * @param dimensions its shape
 * @param sha256 digest of its values
 * @param tellsWeights whether a tensor with that content can only be the same weight: zeros and ones are the beginning
 *     of many, and numbers of other types are no weights
 */
record TensorContent(List<Long> dimensions, String sha256, boolean tellsWeights) {
    private static final int CHUNK_FLOATS = 1 << 14;

    static TensorContent of(TensorProto tensor) {
        if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            return new TensorContent(tensor.getDimsList(), "", false);
        }
        float[] values = Tensors.floats(tensor);
        boolean even = true;
        for (float value : values) {
            even &= value == values[0];
        }
        return new TensorContent(List.copyOf(tensor.getDimsList()), digest(values), !even);
    }

    private static String digest(float[] values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES);
            for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
                int length = Math.min(CHUNK_FLOATS, values.length - from);
                bytes.asFloatBuffer().put(values, from, length);
                digest.update(bytes.array(), 0, length * Float.BYTES);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
