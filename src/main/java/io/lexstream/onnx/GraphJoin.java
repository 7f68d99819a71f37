package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts one graph behind another: of what the second reads, the first makes some, found by its name. */
public final class GraphJoin {
    private static final String TOKEN_TYPES = "token_type_ids";

    private GraphJoin() {}

    /**
     * One graph with the first one's opset, the second one's outputs, and nothing that those do not need.
     *
     * @throws GraphException if both make a value of the same name, or the second reads nothing that the first makes
     */
    public static ModelProto join(ModelProto first, ModelProto second) throws GraphException {
        Set<String> made = made(first.getGraph());
        for (String name : made(second.getGraph())) {
            if (made.contains(name)) {
                throw new GraphException("both graphs have a value " + name);
            }
        }
        List<ValueInfoProto> inputs = new ArrayList<>(first.getGraph().getInputList());
        Set<String> known = new HashSet<>();
        inputs.forEach(input -> known.add(input.getName()));
        boolean joined = false;
        for (ValueInfoProto input : second.getGraph().getInputList()) {
            if (made.contains(input.getName())) {
                joined = true;
            } else if (known.add(input.getName())) {
                inputs.add(input);
            }
        }
        if (!joined) {
            throw new GraphException("the second graph reads nothing that the first one makes, only " + known);
        }
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(second.getGraph().getName())
                .addAllNode(first.getGraph().getNodeList())
                .addAllNode(second.getGraph().getNodeList())
                .addAllInitializer(first.getGraph().getInitializerList())
                .addAllInitializer(second.getGraph().getInitializerList())
                .addAllInput(inputs)
                .addAllOutput(second.getGraph().getOutputList());
        return first.toBuilder().setGraph(needed(graph.build())).build();
    }

    /** The encoder up to {@code states}, its only output. */
    public static ModelProto cut(ModelProto encoder, BaseStates states) {
        GraphProto whole = encoder.getGraph();
        TypeProto type = whole.getOutputList().stream()
                .filter(output -> output.getName().equals(EncoderHeads.states(whole)))
                .findFirst()
                .orElseThrow()
                .getType();
        ValueInfoProto output = ValueInfoProto.newBuilder()
                .setName(states.value())
                .setType(type)
                .build();
        GraphProto.Builder graph =
                whole.toBuilder().clearOutput().addOutput(output).clearValueInfo();
        return encoder.toBuilder().setGraph(needed(graph.build())).build();
    }

    /** The same graph without an input for token types: all are of the first. */
    public static ModelProto ofOneTokenType(ModelProto model) {
        GraphProto whole = model.getGraph();
        if (whole.getInputList().stream().noneMatch(input -> input.getName().equals(TOKEN_TYPES))) {
            return model;
        }
        GraphProto.Builder graph = whole.toBuilder().clearNode().clearInput();
        whole.getInputList().stream()
                .filter(input -> !input.getName().equals(TOKEN_TYPES))
                .forEach(graph::addInput);
        graph.addNode(Nodes.node("Sub", TOKEN_TYPES, Seq2SeqBuilder.INPUT_IDS, Seq2SeqBuilder.INPUT_IDS));
        graph.addAllNode(whole.getNodeList());
        return model.toBuilder().setGraph(graph).build();
    }

    private static Set<String> made(GraphProto graph) {
        Set<String> made = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> made.add(tensor.getName()));
        graph.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
        made.remove(""); // an output that a node does not give
        return made;
    }

    /** Without the nodes, initialisers and inputs that no output comes from. */
    private static GraphProto needed(GraphProto graph) {
        Map<String, NodeProto> makers = new HashMap<>();
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(output -> makers.put(output, node)));
        Set<String> read = new HashSet<>();
        List<String> open = new ArrayList<>();
        graph.getOutputList().forEach(output -> open.add(output.getName()));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            NodeProto maker = makers.get(name);
            if (read.add(name) && maker != null) {
                Set<String> inputs = new HashSet<>();
                Int8Scope.collectInputs(maker, inputs);
                open.addAll(inputs);
            }
        }
        GraphProto.Builder kept =
                graph.toBuilder().clearNode().clearInitializer().clearInput();
        graph.getNodeList().stream()
                .filter(node -> node.getOutputList().stream().anyMatch(read::contains))
                .forEach(kept::addNode);
        for (TensorProto tensor : graph.getInitializerList()) {
            if (read.contains(tensor.getName())) {
                kept.addInitializer(tensor);
            }
        }
        graph.getInputList().stream()
                .filter(input -> read.contains(input.getName()))
                .forEach(kept::addInput);
        return kept.build();
    }
}
