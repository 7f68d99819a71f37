package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;

/**
 * The input of a MatMul [..., width], quantised row by row: {@code uint8 = round(x / scale) + 128}, where a row's scale
 * is its largest magnitude / 127.
 */
final class Int8Rows {
    private static final int MIDDLE = 128;
    private static final float LEVELS = 127;

    /** Keeps the scale of a row of zeros above zero. */
    private static final float SMALLEST_SCALE = 1e-30f;

    private static final String ROWS_OF = "int8/rows-of-";
    private static final String UP = "int8/up";
    private static final String DOWN = "int8/down";
    private static final String SMALLEST = "int8/smallest-scale";
    private static final String ONE = "int8/one";
    private static final String ZERO_POINT = "int8/zero-point";
    private static final String COLUMN = "int8/column";
    private static final String START = "int8/start";
    private static final String LAST = "int8/last";
    private static final String AXES = "int8/axes";

    private final String input;
    private final long width;
    private final boolean axesAreInputs;

    private Int8Rows(String input, long width, boolean axesAreInputs) {
        this.input = input;
        this.width = width;
        this.axesAreInputs = axesAreInputs;
    }

    static Int8Rows of(String input, long width, long opset) {
        return new Int8Rows(input, width, opset >= 18);
    }

    /** What quantises the input. */
    List<NodeProto> nodes() {
        return List.of(
                Nodes.node("Reshape", name("flat"), input, ROWS_OF + width),
                reduce("ReduceMax", name("max")),
                reduce("ReduceMin", name("min")),
                Nodes.node("Mul", name("up"), name("max"), UP),
                Nodes.node("Mul", name("down"), name("min"), DOWN),
                Nodes.node("Max", name("scale"), name("up"), name("down"), SMALLEST),
                Nodes.node("Shape", name("rows"), name("scale")),
                zeroPoints(),
                Nodes.microsoft("QuantizeLinear", name("int8"), name("flat"), name("scale"), name("zeros")).toBuilder()
                        .addAttribute(Nodes.attribute("axis", 0))
                        .build(),
                Nodes.node("Reshape", name("scales"), name("scale"), COLUMN),
                Nodes.node("Shape", name("shape"), input),
                Nodes.node("Slice", name("outer"), name("shape"), START, LAST),
                Nodes.node("Concat", name("result-shape"), name("outer"), LAST).toBuilder()
                        .addAttribute(Nodes.attribute("axis", 0))
                        .build());
    }

    /** {@code output = input * weight}, of the weight's int8 form. */
    List<NodeProto> times(String weight, String output) {
        return List.of(
                Nodes.microsoft(
                        "MatMulIntegerToFloat",
                        output + "/product",
                        name("int8"),
                        Int8Weights.values(weight),
                        ONE,
                        Int8Weights.scales(weight),
                        ZERO_POINT,
                        Int8Weights.zeroPoints(weight)),
                Nodes.node("Mul", output + "/scaled", output + "/product", name("scales")),
                Nodes.node("Reshape", output, output + "/scaled", name("result-shape")));
    }

    /** What the nodes refer to, the same for all inputs of a width. */
    List<TensorProto> constants() {
        List<TensorProto> constants = new ArrayList<>(List.of(
                Tensors.longs(ROWS_OF + width, -1, width),
                Tensors.longs(COLUMN, -1, 1),
                Tensors.longs(START, 0),
                Tensors.longs(LAST, -1),
                Tensors.floats(UP, new float[] {1 / LEVELS}, 1),
                Tensors.floats(DOWN, new float[] {-1 / LEVELS}, 1),
                Tensors.floats(SMALLEST, new float[] {SMALLEST_SCALE}, 1),
                Tensors.floats(ONE, new float[] {1}),
                Tensors.bytes(ZERO_POINT, TensorProto.DataType.UINT8, new byte[] {(byte) MIDDLE})));
        if (axesAreInputs) {
            constants.add(Tensors.longs(AXES, 1));
        }
        return constants;
    }

    private NodeProto reduce(String type, String output) {
        NodeProto node = axesAreInputs
                ? Nodes.node(type, output, name("flat"), AXES)
                : Nodes.node(type, output, name("flat")).toBuilder()
                        .addAttribute(Nodes.attribute("axes", new long[] {1}))
                        .build();
        return node.toBuilder().addAttribute(Nodes.attribute("keepdims", 0)).build();
    }

    /** QuantizeLinear wants as many zero points as scales, and all of them are the same. */
    private NodeProto zeroPoints() {
        TensorProto middle = Tensors.bytes("", TensorProto.DataType.UINT8, new byte[] {(byte) MIDDLE}, 1);
        return Nodes.node("ConstantOfShape", name("zeros"), name("rows")).toBuilder()
                .addAttribute(Nodes.attribute("value", middle))
                .build();
    }

    private String name(String what) {
        return input + "/int8-" + what;
    }
}
