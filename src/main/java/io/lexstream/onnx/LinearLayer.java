package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A linear layer of a graph: a MatMul with a constant matrix, and the Add of its bias if there is one.
 *
 * <p>Exporters may call a weight {@code onnx::MatMul_885}: where it belongs is told by the name of the node's output.
 *
 * @param weight name of the initialiser, {@code [in, out]}
 * @param input the value that is multiplied
 * @param product the MatMul's output
 * @param output the layer's output, behind the bias
 * @param block number of the Transformer block; -1 = none
 */
public record LinearLayer(String weight, int in, int out, String input, String product, String output, int block) {
    private static final Pattern BLOCK = Pattern.compile("(?:layer|layers|block|h)[./](\\d+)(?:[./]|$)");

    /** Which layers of a block. */
    public enum Kind {
        ATTENTION,
        FEED_FORWARD
    }

    public Kind kind() {
        return product.contains("attention") || product.contains("attn") ? Kind.ATTENTION : Kind.FEED_FORWARD;
    }

    /** All linear layers inside Transformer blocks, in the graph's order. */
    public static List<LinearLayer> of(GraphProto graph) {
        return everywhere(graph).stream().filter(layer -> layer.block >= 0).toList();
    }

    /** All linear layers, in the graph's order, whatever their names. */
    public static List<LinearLayer> everywhere(GraphProto graph) {
        Map<String, TensorProto> initializers =
                graph.getInitializerList().stream().collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
        Map<String, List<NodeProto>> consumers = new HashMap<>();
        graph.getNodeList()
                .forEach(node -> Set.copyOf(node.getInputList())
                        .forEach(input -> consumers
                                .computeIfAbsent(input, name -> new ArrayList<>())
                                .add(node)));
        List<LinearLayer> layers = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            TensorProto weight = node.getOpType().equals("MatMul") ? initializers.get(node.getInput(1)) : null;
            if (weight != null && weight.getDimsCount() == 2) {
                String product = node.getOutput(0);
                layers.add(new LinearLayer(
                        weight.getName(),
                        (int) weight.getDims(0),
                        (int) weight.getDims(1),
                        node.getInput(0),
                        product,
                        behindBias(product, consumers, initializers.keySet()),
                        blockOf(product)));
            }
        }
        return layers;
    }

    /** The Transformer block that a value's or parameter's name tells of; -1 = none. */
    public static int blockOf(String name) {
        Matcher matcher = BLOCK.matcher(name);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static String behindBias(String product, Map<String, List<NodeProto>> consumers, Set<String> initializers) {
        List<NodeProto> readers = consumers.getOrDefault(product, List.of());
        boolean biased = readers.size() == 1
                && readers.get(0).getOpType().equals("Add")
                && readers.get(0).getInputList().stream().anyMatch(initializers::contains);
        return biased ? readers.get(0).getOutput(0) : product;
    }
}
