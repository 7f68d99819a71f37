package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A graph, or a branch in one, on its way to int8: its own nodes and weights, and those of the graph around it. */
final class Int8Scope {
    /** Below this size a weight is not worth the nodes around it. */
    private static final long SMALLEST_WEIGHT = 4096;

    private final @Nullable Int8Scope outer;
    private final GraphProto graph;
    private final long opset;
    private final TiedTables tied;
    private final Map<String, TensorProto> weights = new LinkedHashMap<>();
    private final Map<String, TensorProto> added = new LinkedHashMap<>();
    private final Map<String, Int8Rows> rowsByInput = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();
    private final List<NodeProto> nodes = new ArrayList<>();

    private Int8Scope(@Nullable Int8Scope outer, GraphProto graph, long opset) {
        this.outer = outer;
        this.graph = graph;
        this.opset = opset;
        this.tied = TiedTables.of(graph);
        graph.getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
    }

    static GraphProto quantise(GraphProto graph, long opset) throws GraphException {
        return new Int8Scope(null, graph, opset).quantise();
    }

    private GraphProto quantise() throws GraphException {
        for (NodeProto node : graph.getNodeList()) {
            add(withBranches(node));
        }
        GraphProto.Builder quantised =
                graph.toBuilder().clearNode().addAllNode(nodes).clearInitializer();
        Set<String> used = new HashSet<>();
        nodes.forEach(node -> collectInputs(node, used));
        weights.values().stream()
                .filter(weight -> !replaced.contains(weight.getName()) || used.contains(weight.getName()))
                .forEach(quantised::addInitializer);
        return quantised.addAllInitializer(added.values()).build();
    }

    private NodeProto withBranches(NodeProto node) throws GraphException {
        if (node.getAttributeList().stream().noneMatch(AttributeProto::hasG)) {
            return node;
        }
        NodeProto.Builder rewritten = node.toBuilder().clearAttribute();
        for (AttributeProto attribute : node.getAttributeList()) {
            rewritten.addAttribute(
                    attribute.hasG()
                            ? attribute.toBuilder().setG(new Int8Scope(this, attribute.getG(), opset).quantise())
                            : attribute.toBuilder());
        }
        return rewritten.build();
    }

    private void add(NodeProto node) throws GraphException {
        switch (node.getOpType()) {
            case "MatMul" -> addMatMul(node);
            case "Gather" -> addGather(node);
            case "Transpose" -> addTranspose(node);
            default -> nodes.add(node);
        }
    }

    private void addMatMul(NodeProto node) throws GraphException {
        Optional<TensorProto> weight = large(node.getInput(1));
        if (weight.isPresent()) {
            addMatMul(node, weight.get());
            return;
        }
        String transposed = node.getInput(1);
        Optional<TensorProto> table = tied.weight(transposed).flatMap(this::large);
        if (table.isPresent()) {
            owner(table.get().getName()).replaced.add(table.get().getName());
            addMatMul(node, TiedTables.transposed(table.get(), transposed));
        } else {
            nodes.add(node);
        }
    }

    private void addMatMul(NodeProto node, TensorProto weight) throws GraphException {
        Int8Rows rows = rowsByInput.get(node.getInput(0));
        if (rows == null) {
            rows = Int8Rows.of(node.getInput(0), weight.getDims(0), opset);
            rowsByInput.put(node.getInput(0), rows);
            nodes.addAll(rows.nodes());
            Int8Scope root = root();
            rows.constants().forEach(root::addTensor);
        }
        Int8Scope owner = owner(weight.getName());
        if (owner.replaced.add(weight.getName())) {
            Int8Weights.columns(weight).forEach(owner::addTensor);
        }
        nodes.addAll(rows.times(weight.getName(), node.getOutput(0)));
    }

    private void addGather(NodeProto node) throws GraphException {
        Optional<TensorProto> table = onRows(node) ? large(node.getInput(0)) : Optional.empty();
        if (table.isEmpty()) {
            nodes.add(node);
            return;
        }
        String name = table.get().getName();
        Int8Scope owner = owner(name);
        owner.replaced.add(name);
        if (!owner.added.containsKey(Int8Weights.values(name))) {
            Int8Weights.rows(table.get()).forEach(owner::addTensor);
        }
        String output = node.getOutput(0);
        String ids = node.getInput(1);
        nodes.add(Nodes.node("Gather", output + "/int8", Int8Weights.values(name), ids));
        nodes.add(Nodes.cast(output + "/float", output + "/int8", TensorProto.DataType.FLOAT));
        nodes.add(Nodes.node("Gather", output + "/scale", Int8Weights.scales(name), ids));
        nodes.add(Nodes.node("Mul", output, output + "/float", output + "/scale"));
    }

    /** One whose output only int8 MatMuls would read is not needed any more. */
    private void addTranspose(NodeProto node) {
        if (tied.weight(node.getOutput(0)).flatMap(this::large).isEmpty()) {
            nodes.add(node);
        }
    }

    /** The weight of this name, if it is worth int8. */
    private Optional<TensorProto> large(String name) {
        return Optional.ofNullable(owner(name).weights.get(name))
                .filter(Tensors::isFloatMatrix)
                .filter(weight -> weight.getDims(0) * weight.getDims(1) >= SMALLEST_WEIGHT);
    }

    private static boolean onRows(NodeProto gather) {
        return gather.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("axis"))
                .allMatch(attribute -> attribute.getI() == 0);
    }

    /** The scope that has the weight of this name; this one if none has. */
    private Int8Scope owner(String weight) {
        for (Int8Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.weights.containsKey(weight)) {
                return scope;
            }
        }
        return this;
    }

    private Int8Scope root() {
        Int8Scope scope = this;
        while (scope.outer != null) {
            scope = scope.outer;
        }
        return scope;
    }

    private void addTensor(TensorProto tensor) {
        added.putIfAbsent(tensor.getName(), tensor);
    }

    /** Names that a node reads, also those that its branches take from outside. */
    static void collectInputs(NodeProto node, Set<String> names) {
        names.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            attribute.getG().getNodeList().forEach(inner -> collectInputs(inner, names));
        }
    }
}
