package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation of a graph: an ONNX operator, or one that {@link GraphFusion} made of several. */
record GraphNode(String name, String op, List<String> inputs, String output, Map<String, AttributeProto> attributes) {
    GraphNode {
        inputs = List.copyOf(inputs);
        attributes = Map.copyOf(attributes);
    }

    static GraphNode of(NodeProto node) {
        Map<String, AttributeProto> attributes = new HashMap<>();
        node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
        return new GraphNode(name, node.getOpType(), node.getInputList(), node.getOutput(0), attributes);
    }

    /** This node's place taken by another operation on {@code inputs}. */
    GraphNode fusedTo(String op, List<String> inputs, Map<String, AttributeProto> attributes) {
        return new GraphNode(name, op, inputs, output, attributes);
    }

    long integer(String attribute, long otherwise) {
        AttributeProto value = attributes.get(attribute);
        return value == null ? otherwise : value.getI();
    }

    float number(String attribute, float otherwise) {
        AttributeProto value = attributes.get(attribute);
        return value == null ? otherwise : value.getF();
    }

    Optional<long[]> integers(String attribute) {
        return Optional.ofNullable(attributes.get(attribute))
                .map(value ->
                        value.getIntsList().stream().mapToLong(Long::longValue).toArray());
    }

    Optional<TensorProto> tensor(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(AttributeProto::getT);
    }

    @Override
    public String toString() {
        return op + " (node " + name + ")";
    }
}
