package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph with its large weights in int8: MatMuls compute in int8, embedding tables are stored in it. Deterministic.
 *
 * <p>Every row of a MatMul's input, that is every token, gets a scale of its own. So a text's result does not depend on
 * the texts that share its batch. See docs/decisions/005-int8-scheme.md.
 */
public final class Int8Graph {
    /** Slice by inputs and broadcasting Max came with it. */
    private static final long OLDEST_OPSET = 11;

    /** Below this size a weight is not worth the nodes around it. */
    private static final long SMALLEST_WEIGHT = 4096;

    private static final String MICROSOFT = "com.microsoft";

    private final Map<String, TensorProto> weights = new LinkedHashMap<>();
    private final Map<String, TensorProto> added = new LinkedHashMap<>();
    private final Map<String, Int8Rows> rowsByInput = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();
    private final List<NodeProto> nodes = new ArrayList<>();
    private final long opset;

    private Int8Graph(ModelProto model) throws GraphException {
        this.opset = Nodes.opset(model);
        if (opset < OLDEST_OPSET) {
            throw new GraphException(
                    "int8 needs a graph of opset " + OLDEST_OPSET + " or later, this one has " + opset);
        }
        model.getGraph().getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
    }

    /**
     * The int8 form of {@code model}; small weights, biases and all other operators stay as they are.
     *
     * @throws GraphException if the graph's opset is too old, or a weight holds a value that is no number
     */
    public static ModelProto quantise(ModelProto model) throws GraphException {
        Int8Graph graph = new Int8Graph(model);
        for (NodeProto node : model.getGraph().getNodeList()) {
            graph.add(node);
        }
        return graph.on(model);
    }

    private void add(NodeProto node) throws GraphException {
        Optional<TensorProto> factor = node.getOpType().equals("MatMul") ? large(node.getInput(1)) : Optional.empty();
        Optional<TensorProto> table =
                node.getOpType().equals("Gather") && onRows(node) ? large(node.getInput(0)) : Optional.empty();
        if (factor.isPresent()) {
            addMatMul(node, factor.get());
        } else if (table.isPresent()) {
            addGather(node, table.get());
        } else {
            nodes.add(node);
        }
    }

    /** The weight of this name, if it is worth int8. */
    private Optional<TensorProto> large(String name) {
        return Optional.ofNullable(weights.get(name))
                .filter(Tensors::isFloatMatrix)
                .filter(weight -> weight.getDims(0) * weight.getDims(1) >= SMALLEST_WEIGHT);
    }

    private static boolean onRows(NodeProto gather) {
        return gather.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("axis"))
                .allMatch(attribute -> attribute.getI() == 0);
    }

    private void addMatMul(NodeProto node, TensorProto weight) throws GraphException {
        Int8Rows rows = rowsByInput.get(node.getInput(0));
        if (rows == null) {
            rows = Int8Rows.of(node.getInput(0), weight.getDims(0), opset);
            rowsByInput.put(node.getInput(0), rows);
            nodes.addAll(rows.nodes());
            rows.constants().forEach(this::addTensor);
        }
        if (replaced.add(weight.getName())) {
            Int8Weights.columns(weight).forEach(this::addTensor);
        }
        nodes.addAll(rows.times(weight.getName(), node.getOutput(0)));
    }

    private void addGather(NodeProto node, TensorProto table) throws GraphException {
        if (replaced.add(table.getName())) {
            Int8Weights.rows(table).forEach(this::addTensor);
        }
        String output = node.getOutput(0);
        String ids = node.getInput(1);
        nodes.add(Nodes.node("Gather", output + "/int8", Int8Weights.values(table.getName()), ids));
        nodes.add(Nodes.cast(output + "/float", output + "/int8", TensorProto.DataType.FLOAT));
        nodes.add(Nodes.node("Gather", output + "/scale", Int8Weights.scales(table.getName()), ids));
        nodes.add(Nodes.node("Mul", output, output + "/float", output + "/scale"));
    }

    private void addTensor(TensorProto tensor) {
        added.putIfAbsent(tensor.getName(), tensor);
    }

    private ModelProto on(ModelProto model) {
        Set<String> used = new HashSet<>();
        nodes.forEach(node -> collectInputs(node, used));
        ModelProto.Builder quantised = model.toBuilder();
        GraphProto.Builder graph = quantised.getGraphBuilder();
        graph.clearNode().addAllNode(nodes).clearInitializer();
        weights.values().stream()
                .filter(weight -> !replaced.contains(weight.getName()) || used.contains(weight.getName()))
                .forEach(graph::addInitializer);
        graph.addAllInitializer(added.values());
        if (model.getOpsetImportList().stream()
                .noneMatch(opsets -> opsets.getDomain().equals(MICROSOFT))) {
            quantised.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));
        }
        return quantised.build();
    }

    /** Names that a node reads, also those that its subgraphs take from outside. */
    static void collectInputs(NodeProto node, Set<String> names) {
        names.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            attribute.getG().getNodeList().forEach(inner -> collectInputs(inner, names));
        }
    }
}
