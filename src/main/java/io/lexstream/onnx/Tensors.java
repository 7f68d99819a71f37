package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/** Tensors and their types in ONNX's protobuf form. */
public final class Tensors {
    private Tensors() {}

    /** An initialiser of float32 values in row-major order. */
    public static TensorProto floats(String name, float[] values, long... dimensions) {
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
        return longs(name, List.of((long) values.length), values);
    }

    /** Whether it is a float32 matrix. */
    static boolean isFloatMatrix(TensorProto tensor) {
        return tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber() && tensor.getDimsCount() == 2;
    }

    /** An initialiser of int64 values; an empty shape is a scalar. */
    public static TensorProto longs(String name, List<Long> shape, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
        return tensor(name, TensorProto.DataType.INT64, raw.array(), dimensions);
    }

    /** The rows of a matrix that is given in row-major order. */
    public static float[][] rows(float[] flat, int columns) {
        float[][] rows = new float[flat.length / columns][columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(flat, row * columns, rows[row], 0, columns);
        }
        return rows;
    }

    /** A matrix in row-major order. */
    static float[] flat(float[][] rows, int columns) {
        float[] flat = new float[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * columns, columns);
        }
        return flat;
    }

    /** The values of a float32 tensor in row-major order, whichever way the file keeps them. */
    public static float[] floats(TensorProto tensor) {
        if (tensor.hasRawData()) {
            FloatBuffer raw = little(tensor).asFloatBuffer();
            float[] values = new float[raw.remaining()];
            raw.get(values);
            return values;
        }
        float[] values = new float[tensor.getFloatDataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getFloatData(i);
        }
        return values;
    }

    /** The values of an int64 tensor in row-major order, whichever way the file keeps them. */
    public static long[] longs(TensorProto tensor) {
        if (tensor.hasRawData()) {
            LongBuffer raw = little(tensor).asLongBuffer();
            long[] values = new long[raw.remaining()];
            raw.get(values);
            return values;
        }
        return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
    }

    /** Whether it holds whole numbers or truth values of a kind that {@link #wholeNumbers} reads. */
    public static boolean isWhole(TensorProto tensor) {
        int type = tensor.getDataType();
        return type == TensorProto.DataType.INT64.getNumber()
                || type == TensorProto.DataType.INT32.getNumber()
                || type == TensorProto.DataType.BOOL.getNumber();
    }

    /** The values of a tensor of int64, int32 or bool (true = 1), in row-major order. */
    public static long[] wholeNumbers(TensorProto tensor) {
        if (!isWhole(tensor)) {
            throw new IllegalArgumentException(
                    tensor.getName() + " holds no whole numbers, its type is " + tensor.getDataType());
        }
        if (tensor.getDataType() == TensorProto.DataType.INT64.getNumber()) {
            return longs(tensor);
        }
        if (!tensor.hasRawData()) {
            return tensor.getInt32DataList().stream()
                    .mapToLong(Integer::longValue)
                    .toArray();
        }
        ByteBuffer raw = little(tensor);
        boolean bytes = tensor.getDataType() == TensorProto.DataType.BOOL.getNumber();
        long[] values = new long[bytes ? raw.remaining() : raw.remaining() / Integer.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes ? raw.get() : raw.getInt();
        }
        return values;
    }

    private static ByteBuffer little(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
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

    /**
     * Values between two tensors of the same shape.
     *
     * @param share 0: {@code near}, 1: {@code far}
     */
    public static float[] between(float[] near, float[] far, double share) {
        if (near.length != far.length) {
            throw new IllegalArgumentException("tensors of " + near.length + " and " + far.length + " values");
        }
        float[] between = new float[near.length];
        for (int i = 0; i < between.length; i++) {
            // What is equal stays as it is to the last bit, the sign of a zero included.
            between[i] = near[i] == far[i] ? near[i] : (float) ((1 - share) * near[i] + share * far[i]);
        }
        return between;
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
