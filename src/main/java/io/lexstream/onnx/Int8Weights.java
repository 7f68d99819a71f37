package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Float matrices as int8 values and one float scale per column or per row; zero stays zero. */
final class Int8Weights {
    private static final int COLUMN_LEVELS = 127;
    private static final int ROW_LEVELS = 127;

    private Int8Weights() {}

    /** Name of the int8 values of a weight. */
    static String values(String weight) {
        return weight + "/int8";
    }

    static String scales(String weight) {
        return weight + "/scale";
    }

    static String zeroPoints(String weight) {
        return weight + "/zero";
    }

    /** A MatMul's weight [in, out]: values, scales [out], zero points [out]. */
    static List<TensorProto> columns(TensorProto weight) throws GraphException {
        int columns = (int) weight.getDims(1);
        float[] values = finite(weight);
        float[] scales = new float[columns];
        for (int i = 0; i < values.length; i++) {
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(values[i]));
        }
        scale(scales, COLUMN_LEVELS);
        byte[] quantised = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            quantised[i] = (byte) Math.round(values[i] / scales[i % columns]);
        }
        String name = weight.getName();
        return List.of(
                Tensors.bytes(values(name), TensorProto.DataType.INT8, quantised, weight.getDims(0), weight.getDims(1)),
                Tensors.floats(scales(name), scales, columns),
                Tensors.bytes(zeroPoints(name), TensorProto.DataType.INT8, new byte[columns], columns));
    }

    /** An embedding table [rows, width]: values, scales [rows, 1]. */
    static List<TensorProto> rows(TensorProto table) throws GraphException {
        int rows = (int) table.getDims(0);
        int width = (int) table.getDims(1);
        float[] values = finite(table);
        float[] scales = new float[rows];
        for (int i = 0; i < values.length; i++) {
            scales[i / width] = Math.max(scales[i / width], Math.abs(values[i]));
        }
        scale(scales, ROW_LEVELS);
        byte[] quantised = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            quantised[i] = (byte) Math.round(values[i] / scales[i / width]);
        }
        String name = table.getName();
        return List.of(
                Tensors.bytes(values(name), TensorProto.DataType.INT8, quantised, rows, width),
                Tensors.floats(scales(name), scales, rows, 1));
    }

    /** Turns the largest magnitudes into scales. */
    private static void scale(float[] largest, int levels) {
        for (int i = 0; i < largest.length; i++) {
            largest[i] = largest[i] == 0 ? 1 : largest[i] / levels;
        }
    }

    /** A value that is no number would come out of the rounding as a number. */
    private static float[] finite(TensorProto weight) throws GraphException {
        float[] values = Tensors.floats(weight);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new GraphException("tensor " + weight.getName() + " holds " + value);
            }
        }
        return values;
    }
}
