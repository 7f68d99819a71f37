package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds an adapter's changes to the weights of its base graph. */
public final class LoraMerge {
    private LoraMerge() {}

    /**
     * {@code base} with {@code W + scale A B} for every weight W that the adapter has a pair for. Deterministic; the
     * digest of the base's file is the caller's to compare.
     *
     * @throws GraphException if a pair has no weight of its name and shape that only serves as the right side of
     *     MatMuls
     */
    public static ModelProto merge(ModelProto base, LoraAdapter adapter) throws GraphException {
        Map<String, LoraAdapter.Pair> open = new TreeMap<>(adapter.pairs());
        ModelProto.Builder merged = base.toBuilder();
        GraphProto.Builder graph = merged.getGraphBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto weight = graph.getInitializer(i);
            LoraAdapter.Pair pair = open.remove(weight.getName());
            if (pair != null) {
                graph.setInitializer(i, merge(weight, pair, adapter.scale()));
            }
        }
        if (!open.isEmpty()) {
            throw new GraphException("the adapter changes weights that the base graph does not have: "
                    + open.keySet().iterator().next() + " and " + (open.size() - 1) + " more");
        }
        requireMatMulsOnly(graph.getNodeList(), adapter);
        return merged.build();
    }

    private static TensorProto merge(TensorProto weight, LoraAdapter.Pair pair, float scale) throws GraphException {
        boolean fits = Tensors.isFloatMatrix(weight)
                && weight.getDimsList().equals(List.of((long) pair.in(), (long) pair.out()));
        if (!fits) {
            throw new GraphException("the adapter's pair for " + weight.getName() + " is made for float [" + pair.in()
                    + ", " + pair.out() + "], the weight is " + weight.getDimsList());
        }
        float[] values = Tensors.floats(weight);
        float[] change = new float[pair.out()];
        for (int row = 0; row < pair.in(); row++) {
            Arrays.fill(change, 0);
            pair.addRow(row, scale, change);
            for (int column = 0; column < change.length; column++) {
                values[row * change.length + column] += change[column];
            }
        }
        return Tensors.floats(weight.getName(), values, pair.in(), pair.out());
    }

    /** Elsewhere, say in a transposed Gemm, the same values would mean something else than {@code x W}. */
    private static void requireMatMulsOnly(List<NodeProto> nodes, LoraAdapter adapter) throws GraphException {
        for (NodeProto node : nodes) {
            for (int i = 0; i < node.getInputCount(); i++) {
                boolean rightOfMatMul = node.getOpType().equals("MatMul") && i == 1;
                if (!rightOfMatMul && adapter.pairs().containsKey(node.getInput(i))) {
                    throw new GraphException("the adapter changes " + node.getInput(i) + ", which " + node.getOpType()
                            + " " + node.getName() + " uses too");
                }
            }
        }
    }
}
