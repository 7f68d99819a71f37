package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the float initialisers of a graph are for, told by the nodes that read them, branches included: exporters give
 * weights any name, and leave constants among them. Single values are no weights.
 */
public final class WeightUses {
    /** One way to use a weight. */
    public enum Use {
        /** The right side of a product. */
        MATRIX,
        /** A bias, or the scale or shift of a norm: all dimensions but the last are 1. */
        VECTOR,
        /** Rows are looked up by token ids. */
        TOKEN_TABLE,
        /** Rows are looked up by something else, such as positions. */
        TABLE,
        /** Read in transposed form. */
        TRANSPOSED,
        OTHER
    }

    private static final Set<String> SAME_IDS =
            Set.of("Identity", "Cast", "Reshape", "Unsqueeze", "Squeeze", "Flatten");
    private static final Set<String> ELEMENTWISE = Set.of("Add", "Sub", "Mul", "Div");

    private final Map<String, TensorProto> weights = new HashMap<>();
    private final Map<String, Set<Use>> uses = new LinkedHashMap<>();
    private final Set<String> ids;

    private WeightUses(Set<String> ids) {
        this.ids = new HashSet<>(ids);
    }

    /** @param tokenIds inputs of the graph that are token ids */
    public static Map<String, Set<Use>> of(GraphProto graph, Set<String> tokenIds) {
        WeightUses uses = new WeightUses(tokenIds);
        uses.collectWeights(graph);
        uses.read(graph);
        return uses.uses;
    }

    private void collectWeights(GraphProto graph) {
        for (TensorProto tensor : graph.getInitializerList()) {
            boolean single = tensor.getDimsList().stream().allMatch(size -> size == 1);
            if (!single && tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
                weights.put(tensor.getName(), tensor);
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            node.getAttributeList().stream()
                    .filter(AttributeProto::hasG)
                    .forEach(attribute -> collectWeights(attribute.getG()));
        }
    }

    private void read(GraphProto graph) {
        for (NodeProto node : graph.getNodeList()) {
            if (SAME_IDS.contains(node.getOpType()) && ids.contains(node.getInput(0))) {
                ids.add(node.getOutput(0));
            }
            for (int i = 0; i < node.getInputCount(); i++) {
                TensorProto weight = weights.get(node.getInput(i));
                if (weight != null) {
                    uses.computeIfAbsent(weight.getName(), name -> EnumSet.noneOf(Use.class))
                            .add(use(node, i, weight));
                }
            }
            node.getAttributeList().stream().filter(AttributeProto::hasG).forEach(attribute -> read(attribute.getG()));
        }
    }

    private Use use(NodeProto node, int input, TensorProto weight) {
        String op = node.getOpType();
        boolean matrix = weight.getDimsCount() == 2;
        if ((op.equals("MatMul") || op.equals("Gemm")) && input == 1 && matrix) {
            return Use.MATRIX;
        }
        if (op.equals("Gather") && input == 0) {
            return ids.contains(node.getInput(1)) ? Use.TOKEN_TABLE : Use.TABLE;
        }
        if (op.equals("Transpose") && matrix) {
            return Use.TRANSPOSED;
        }
        boolean beside = ELEMENTWISE.contains(op)
                || (op.equals("LayerNormalization") && input > 0)
                || (op.equals("Gemm") && input == 2);
        return beside && isVector(weight) ? Use.VECTOR : Use.OTHER;
    }

    private static boolean isVector(TensorProto tensor) {
        return tensor.getDimsList().subList(0, tensor.getDimsCount() - 1).stream()
                .allMatch(size -> size == 1);
    }
}
