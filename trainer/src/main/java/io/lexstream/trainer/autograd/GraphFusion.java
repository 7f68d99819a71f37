package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Puts together what exporters take apart, so that one operation of the backend does it: layer normalisation (nine
 * nodes), GELU (five), matrix product and bias. It changes what is run, never the graph that is written.
 */
final class GraphFusion {
    private final List<GraphNode> nodes;
    private final Map<String, Float> scalars;
    private final ToIntFunction<String> constantRank;
    private final Map<String, GraphNode> producers = new HashMap<>();
    private final Map<String, List<GraphNode>> consumers = new HashMap<>();
    private final Map<String, GraphNode> replaced = new HashMap<>();
    private final Set<String> gone = new HashSet<>();

    /**
     * @param scalars float constants of one element
     * @param constantRank number of dimensions of a float constant; -1 = it is none
     */
    GraphFusion(List<GraphNode> nodes, Map<String, Float> scalars, ToIntFunction<String> constantRank) {
        this.nodes = List.copyOf(nodes);
        this.scalars = Map.copyOf(scalars);
        this.constantRank = constantRank;
        for (GraphNode node : nodes) {
            producers.put(node.output(), node);
            node.inputs()
                    .forEach(input -> consumers
                            .computeIfAbsent(input, name -> new ArrayList<>())
                            .add(node));
        }
    }

    List<GraphNode> fused() {
        for (GraphNode node : nodes) {
            switch (node.op()) {
                case "ReduceMean" -> layerNorm(node);
                case "Erf" -> gelu(node);
                case "MatMul" -> linear(node);
                default -> {}
            }
        }
        return nodes.stream()
                .filter(node -> !gone.contains(node.output()))
                .map(node -> replaced.getOrDefault(node.output(), node))
                .toList();
    }

    /** {@code (x - mean) / sqrt(mean((x - mean)^2) + epsilon) * scale + bias}. */
    private void layerNorm(GraphNode mean) {
        String x = mean.inputs().get(0);
        Optional<GraphNode> sub =
                only(mean, "Sub").filter(node -> node.inputs().get(0).equals(x));
        Optional<GraphNode> pow = sub.flatMap(node -> among(node, "Pow"));
        Optional<GraphNode> div = sub.flatMap(node -> among(node, "Div"));
        Optional<GraphNode> variance = pow.flatMap(node -> only(node, "ReduceMean"));
        Optional<GraphNode> shifted = variance.flatMap(node -> only(node, "Add"));
        Optional<GraphNode> sqrt = shifted.flatMap(node -> only(node, "Sqrt"));
        Optional<GraphNode> mul = div.flatMap(node -> only(node, "Mul"));
        Optional<GraphNode> add = mul.flatMap(node -> only(node, "Add"));
        if (add.isEmpty() || sqrt.isEmpty()) {
            return;
        }
        Float epsilon = scalars.get(other(shifted.get(), variance.get()));
        String scale = other(mul.get(), div.get());
        String bias = other(add.get(), mul.get());
        if (epsilon == null || constantRank.applyAsInt(scale) != 1 || constantRank.applyAsInt(bias) != 1) {
            return;
        }
        AttributeProto attribute = AttributeProto.newBuilder().setF(epsilon).build();
        replace(
                add.get()
                        .fusedTo(
                                TensorOperators.FUSED_LAYER_NORM,
                                List.of(x, scale, bias),
                                Map.of("epsilon", attribute)),
                add.get(),
                List.of(mean, sub.get(), pow.get(), variance.get(), shifted.get(), sqrt.get(), div.get(), mul.get()));
    }

    /** {@code x * (1 + erf(x / sqrt 2)) * 0.5}. */
    private void gelu(GraphNode erf) {
        GraphNode div = producers.get(erf.inputs().get(0));
        if (div == null || !div.op().equals("Div")) {
            return;
        }
        String x = div.inputs().get(0);
        Optional<GraphNode> add = only(erf, "Add");
        Optional<GraphNode> mul = add.flatMap(node -> only(node, "Mul"))
                .filter(node -> node.inputs().contains(x));
        Optional<GraphNode> half = mul.flatMap(node -> only(node, "Mul"));
        if (half.isEmpty() || only(div, "Erf").isEmpty()) {
            return;
        }
        Float factor = scalars.get(other(half.get(), mul.get()));
        if (factor == null || factor != 0.5f) {
            return;
        }
        replace(
                half.get().fusedTo(TensorOperators.FUSED_GELU, List.of(x), Map.of()),
                half.get(),
                List.of(div, erf, add.get(), mul.get()));
    }

    private void linear(GraphNode product) {
        Optional<GraphNode> add = only(product, "Add");
        if (add.isEmpty() || constantRank.applyAsInt(product.inputs().get(1)) != 2) {
            return;
        }
        String bias = other(add.get(), product);
        if (constantRank.applyAsInt(bias) == 1) {
            List<String> inputs =
                    List.of(product.inputs().get(0), product.inputs().get(1), bias);
            replace(add.get().fusedTo(TensorOperators.FUSED_LINEAR, inputs, Map.of()), add.get(), List.of(product));
        }
    }

    private void replace(GraphNode by, GraphNode last, List<GraphNode> others) {
        replaced.put(last.output(), by);
        others.forEach(other -> gone.add(other.output()));
    }

    /** The one node that reads the output of {@code node}, if it is an {@code op}. */
    private Optional<GraphNode> only(GraphNode node, String op) {
        List<GraphNode> readers = consumers.getOrDefault(node.output(), List.of());
        return readers.size() == 1 && readers.get(0).op().equals(op) ? Optional.of(readers.get(0)) : Optional.empty();
    }

    private Optional<GraphNode> among(GraphNode node, String op) {
        return consumers.getOrDefault(node.output(), List.of()).stream()
                .filter(reader -> reader.op().equals(op))
                .findFirst();
    }

    /** The input of a two-sided node that is not the output of {@code known}. */
    private static String other(GraphNode node, GraphNode known) {
        return node.inputs().get(node.inputs().get(0).equals(known.output()) ? 1 : 0);
    }
}
