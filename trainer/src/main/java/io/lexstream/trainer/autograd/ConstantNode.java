package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.onnx.Tensors;
import java.util.List;

/** What a Constant node says: ONNX has an attribute for each kind of value. */
final class ConstantNode {
    private ConstantNode() {}

    static TensorProto value(NodeProto node) {
        AttributeProto attribute = node.getAttribute(0);
        return switch (attribute.getName()) {
            case "value" -> attribute.getT();
            case "value_int" -> Tensors.longs("", List.of(), attribute.getI());
            case "value_float" -> Tensors.floats("", new float[] {attribute.getF()});
            case "value_ints" -> {
                long[] values = attribute.getIntsList().stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                yield Tensors.longs("", List.of((long) values.length), values);
            }
            case "value_floats" -> {
                float[] values = new float[attribute.getFloatsCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = attribute.getFloats(i);
                }
                yield Tensors.floats("", values, values.length);
            }
            default ->
                throw new UnknownOperatorException(GraphNode.of(node), "with " + attribute.getName() + " the operator");
        };
    }
}
