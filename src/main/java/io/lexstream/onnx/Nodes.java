package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Nodes and their attributes in ONNX's protobuf form. */
public final class Nodes {
    private Nodes() {}

    public static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output + "/node")
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    /** A node of ONNX Runtime's own operators. */
    public static NodeProto microsoft(String type, String output, String... inputs) {
        return node(type, output, inputs).toBuilder().setDomain("com.microsoft").build();
    }

    public static NodeProto cast(String output, String input, TensorProto.DataType type) {
        return node("Cast", output, input).toBuilder()
                .addAttribute(attribute("to", type.getNumber()))
                .build();
    }

    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto attribute(String name, long[] values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    public static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    public static AttributeProto attribute(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    /** Version of ONNX's own operators that the model is written for. */
    public static long opset(ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(opsets ->
                        opsets.getDomain().isEmpty() || opsets.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
    }
}
