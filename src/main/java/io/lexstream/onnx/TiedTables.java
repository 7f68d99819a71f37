package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights that MatMuls read through a Transpose: an embedding table that makes the logits, too. */
final class TiedTables {
    private static final List<Long> EXCHANGED = List.of(1L, 0L);

    /** By the Transpose's output, the weight. */
    private final Map<String, String> weights = new HashMap<>();

    private TiedTables() {}

    /** Those of {@code graph}, where nothing but MatMuls reads the transposed form. */
    static TiedTables of(GraphProto graph) {
        TiedTables tied = new TiedTables();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Transpose") && exchanges(node)) {
                tied.weights.put(node.getOutput(0), node.getInput(0));
            }
        }
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(tied.weights::remove);
        graph.getNodeList().forEach(tied::removeOtherUses);
        return tied;
    }

    private static boolean exchanges(NodeProto transpose) {
        return transpose.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("perm"))
                .allMatch(attribute -> attribute.getIntsList().equals(EXCHANGED));
    }

    private void removeOtherUses(NodeProto node) {
        boolean matMul = node.getOpType().equals("MatMul");
        for (int i = 0; i < node.getInputCount(); i++) {
            if (!matMul || i != 1) {
                weights.remove(node.getInput(i));
            }
        }
        node.getAttributeList().forEach(this::removeUsesInBranch);
    }

    private void removeUsesInBranch(AttributeProto attribute) {
        for (NodeProto inner : attribute.getG().getNodeList()) {
            inner.getInputList().forEach(weights::remove);
            inner.getAttributeList().forEach(this::removeUsesInBranch);
        }
    }

    /** The weight that {@code transposed} is the transposed form of. */
    Optional<String> weight(String transposed) {
        return Optional.ofNullable(weights.get(transposed));
    }

    /** The transposed matrix, by another name. */
    static TensorProto transposed(TensorProto weight, String name) {
        int rows = (int) weight.getDims(0);
        int columns = (int) weight.getDims(1);
        float[] values = Tensors.floats(weight);
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return Tensors.floats(name, turned, columns, rows);
    }
}
