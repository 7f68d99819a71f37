package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Low-rank adaptation as plain ONNX nodes (Hu et al. 2021): behind a linear layer, {@code y = y_base + ((x A) scale) B}
 * with A [in, rank] random and B [rank, out] zero, so that nothing changes before training.
 */
public final class LoraGraph {
    private static final String SCALE = "lora.scale";

    private LoraGraph() {}

    /** Name of the matrix A of a weight. */
    public static String a(String weight) {
        return weight + ".lora_A";
    }

    /** Name of the matrix B of a weight. */
    public static String b(String weight) {
        return weight + ".lora_B";
    }

    /**
     * The graph with matrices at {@code layers}.
     *
     * @param seed chooses the A
     */
    public static GraphProto attach(GraphProto graph, List<LinearLayer> layers, int rank, float scale, long seed) {
        GraphProto.Builder attached = graph.toBuilder();
        attached.addInitializer(Tensors.floats(SCALE, new float[] {scale}));
        Map<String, LinearLayer> byOutput = new HashMap<>();
        Random random = new Random(seed);
        Set<String> weights = new HashSet<>();
        for (LinearLayer layer : layers) {
            byOutput.put(layer.output(), layer);
            if (!weights.add(layer.weight())) {
                continue; // one pair for all places where a weight is used
            }
            float[] a = new float[layer.in() * rank];
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) (random.nextGaussian() / Math.sqrt(layer.in()));
            }
            attached.addInitializer(Tensors.floats(a(layer.weight()), a, layer.in(), rank));
            attached.addInitializer(
                    Tensors.floats(b(layer.weight()), new float[rank * layer.out()], rank, layer.out()));
        }
        List<NodeProto> nodes = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            LinearLayer layer = byOutput.get(node.getOutput(0));
            if (layer == null) {
                nodes.add(node);
            } else {
                String y = layer.output();
                nodes.add(node.toBuilder().setOutput(0, y + ".base").build());
                nodes.add(Nodes.node("MatMul", y + ".lora_xA", layer.input(), a(layer.weight())));
                nodes.add(Nodes.node("Mul", y + ".lora_scaled", y + ".lora_xA", SCALE));
                nodes.add(Nodes.node("MatMul", y + ".lora_delta", y + ".lora_scaled", b(layer.weight())));
                nodes.add(Nodes.node("Add", y, y + ".base", y + ".lora_delta"));
            }
        }
        return attached.clearNode().addAllNode(nodes).build();
    }
}
