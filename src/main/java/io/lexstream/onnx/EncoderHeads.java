package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Puts pooling, dropout and linear heads behind an encoder's graph: token ids in, {@code logits.<task>} [batch, labels]
 * out. Some operators have changed their form over the opsets; the graph's own opset is kept to.
 */
public final class EncoderHeads {
    private static final String MASK = "attention_mask";
    private static final int RATIO_BECAME_AN_INPUT = 12;
    private static final int AXES_BECAME_AN_INPUT = 13;

    private final GraphProto.Builder graph;
    private final boolean axesAreInputs;
    private final String features;

    private EncoderHeads(ModelProto encoder, boolean cls, boolean mean, float dropout) {
        this.graph = encoder.getGraph().toBuilder();
        this.axesAreInputs = Nodes.opset(encoder) >= AXES_BECAME_AN_INPUT;
        String states = states(encoder.getGraph());
        graph.clearOutput();
        String pooled = cls && mean ? both(cls(states), mean(states)) : cls ? cls(states) : mean(states);
        this.features = "head.features";
        if (Nodes.opset(encoder) >= RATIO_BECAME_AN_INPUT) {
            graph.addInitializer(Tensors.floats("head.dropout", new float[] {dropout}));
            add("Dropout", List.of(pooled, "head.dropout"), features);
        } else {
            add("Dropout", List.of(pooled), features, Nodes.attribute("ratio", dropout));
        }
    }

    /**
     * @param cls whether the first token's state is a part of the features
     * @param mean whether the mean of all states is; after that of the first token, if both are
     * @param dropout share of the features that training leaves out
     */
    public static EncoderHeads behind(ModelProto encoder, boolean cls, boolean mean, float dropout) {
        if (!cls && !mean) {
            throw new IllegalArgumentException("features must be pooled somehow");
        }
        return new EncoderHeads(encoder, cls, mean, dropout);
    }

    /** The output that holds the states [batch, tokens, hidden]: the one of rank 3. */
    public static String states(GraphProto graph) {
        return graph.getOutputList().stream()
                .filter(output -> output.getType().getTensorType().getShape().getDimCount() == 3)
                .map(ValueInfoProto::getName)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the graph has no output [batch, tokens, hidden]"));
    }

    public static String logits(String task) {
        return "logits." + task;
    }

    /** Name of a head's matrix, {@code [dimensions, labels]}. */
    public static String weight(String task) {
        return "head." + task + ".weight";
    }

    /** Name of a head's bias, {@code [labels]}. */
    public static String bias(String task) {
        return "head." + task + ".bias";
    }

    /**
     * Adds a head.
     *
     * @param weights [dimensions][labels]
     */
    public EncoderHeads head(String task, float[][] weights, float[] bias) {
        graph.addInitializer(
                Tensors.floats(weight(task), Tensors.flat(weights, bias.length), weights.length, bias.length));
        graph.addInitializer(Tensors.floats(bias(task), bias, bias.length));
        String product = add("MatMul", List.of(features, weight(task)), "head." + task + ".product");
        add("Add", List.of(product, bias(task)), logits(task));
        graph.addOutput(Tensors.floatInfo(logits(task), "batch", bias.length));
        return this;
    }

    public GraphProto graph() {
        return graph.build();
    }

    private String cls(String states) {
        graph.addInitializer(Tensors.longs("pool.first", List.of(), 0));
        return add("Gather", List.of(states, "pool.first"), "pool.cls", Nodes.attribute("axis", 1));
    }

    /** {@code sum(states * mask) / sum(mask)} over the tokens. */
    private String mean(String states) {
        String mask = add("Cast", List.of(MASK), "pool.mask", Nodes.attribute("to", 1));
        String column = alongAxis("Unsqueeze", mask, -1, "pool.column");
        String masked = add("Mul", List.of(states, column), "pool.masked");
        return add(
                "Div",
                List.of(alongAxis("ReduceSum", masked, 1, "pool.sum"), alongAxis("ReduceSum", column, 1, "pool.count")),
                "pool.mean");
    }

    private String both(String cls, String mean) {
        return add("Concat", List.of(cls, mean), "pool.both", Nodes.attribute("axis", 1));
    }

    private String alongAxis(String op, String input, long axis, String output) {
        NodeProto.Builder node = Nodes.node(op, output, input).toBuilder();
        if (op.equals("ReduceSum")) {
            node.addAttribute(Nodes.attribute("keepdims", 0));
        }
        if (axesAreInputs) {
            graph.addInitializer(Tensors.longs(output + ".axes", axis));
            node.addInput(output + ".axes");
        } else {
            node.addAttribute(Nodes.attribute("axes", new long[] {axis}));
        }
        graph.addNode(node);
        return output;
    }

    private String add(String op, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(Nodes.node(op, output, inputs.toArray(String[]::new)).toBuilder()
                .addAllAttribute(List.of(attributes)));
        return output;
    }
}
