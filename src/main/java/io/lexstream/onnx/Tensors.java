package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors and their types in ONNX's protobuf form. */
final class Tensors {
    private Tensors() {}

    /** An initialiser of float32 values in row-major order. */
    static TensorProto floats(String name, float[] values, long... dimensions) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor(name, TensorProto.DataType.FLOAT, raw.array(), dimensions);
    }

    /** An initialiser of one-byte values; takes ownership of {@code values}. */
    static TensorProto bytes(String name, TensorProto.DataType type, byte[] values, long... dimensions) {
        return tensor(name, type, values, dimensions);
    }

    /** An initialiser of int64 values, a vector. */
    static TensorProto longs(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, TensorProto.DataType.INT64, raw.array(), values.length);
    }

    /** The values of a float32 tensor that {@link GraphCheck} has let pass. */
    static float[] values(TensorProto tensor) {
        if (!tensor.hasRawData()) {
            float[] values = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
            return values;
        }
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(values);
        return values;
    }

    /** Whether it is a float32 matrix. */
    static boolean isFloatMatrix(TensorProto tensor) {
        return tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber() && tensor.getDimsCount() == 2;
    }

    /** The type of a float32 matrix with any number of rows. */
    static ValueInfoProto floatInfo(String name, String rows, long columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(rows))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static TensorProto tensor(String name, TensorProto.DataType type, byte[] raw, long... dimensions) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(UnsafeByteOperations.unsafeWrap(raw)); // nobody else holds the array
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        return tensor.build();
    }
}
