package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph whose matrices are stored as int8, one scale for each column (for each row of an embedding table), and become
 * floats again when it is loaded: a quarter of the size on disk and on the wire. It computes in floats as before, with
 * the rounded weights; a reader of ONNX folds the few nodes away.
 *
 * <p>{@link #unpack} gives the float graph back, for those who want to edit it: {@link Int8Graph}, {@link LoraGraph},
 * training.
 */
public final class PackedWeights {
    /** Below this size a weight is not worth the nodes around it. */
    private static final long SMALLEST = 4096;

    private static final String FLOATS = "/floats";

    private PackedWeights() {}

    /** @throws GraphException if a weight holds a value that is no number */
    public static ModelProto pack(ModelProto model) throws GraphException {
        GraphProto whole = model.getGraph();
        Set<String> tables = new HashSet<>();
        whole.getNodeList().stream()
                .filter(node -> node.getOpType().equals("Gather"))
                .forEach(node -> tables.add(node.getInput(0)));
        GraphProto.Builder graph = whole.toBuilder().clearNode().clearInitializer();
        for (TensorProto weight : whole.getInitializerList()) {
            if (!Seq2SeqBuilder.isTrained(weight.getName())
                    || !Tensors.isFloatMatrix(weight)
                    || weight.getDims(0) * weight.getDims(1) < SMALLEST) {
                graph.addInitializer(weight);
                continue;
            }
            String name = weight.getName();
            List<TensorProto> stored = tables.contains(name) ? Int8Weights.rows(weight) : Int8Weights.columns(weight);
            stored.subList(0, 2).forEach(graph::addInitializer);
            graph.addNode(Nodes.cast(name + FLOATS, Int8Weights.values(name), TensorProto.DataType.FLOAT));
            graph.addNode(Nodes.node("Mul", name, name + FLOATS, Int8Weights.scales(name)));
        }
        graph.addAllNode(whole.getNodeList());
        return model.toBuilder().setGraph(graph).build();
    }

    /**
     * The same graph with float initialisers by their old names; one that is not packed comes back as it is, but for
     * transposed matrices, which become matrices of their own: whoever edits products looks for those.
     */
    public static ModelProto unpack(ModelProto model) {
        return turned(floats(model));
    }

    /** The same graph with float initialisers by their old names; one that is not packed comes back as it is. */
    public static ModelProto floats(ModelProto model) {
        Map<String, TensorProto> stored = initialisers(model);
        List<NodeProto> kept = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            Optional<TensorProto> weight =
                    node.getOpType().equals("Mul") ? unpacked(node.getOutput(0), stored) : Optional.empty();
            if (weight.isPresent()) {
                stored.put(weight.get().getName(), weight.get());
                gone.add(node.getOutput(0) + FLOATS);
            } else {
                kept.add(node);
            }
        }
        kept.removeIf(node -> gone.contains(node.getOutput(0)));
        return gone.isEmpty() ? model : rebuilt(model, kept, stored);
    }

    private static ModelProto turned(ModelProto model) {
        Map<String, TensorProto> stored = initialisers(model);
        List<NodeProto> kept = new ArrayList<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            TensorProto matrix = turns(node) ? stored.get(node.getInput(0)) : null;
            if (matrix != null && Tensors.isFloatMatrix(matrix)) {
                TensorProto turned = transposed(matrix, node.getOutput(0));
                stored.put(turned.getName(), turned);
            } else {
                kept.add(node);
            }
        }
        return rebuilt(model, kept, stored);
    }

    private static Map<String, TensorProto> initialisers(ModelProto model) {
        Map<String, TensorProto> stored = new LinkedHashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> stored.put(tensor.getName(), tensor));
        return stored;
    }

    /** With these nodes, and of the tensors those that they read. */
    private static ModelProto rebuilt(ModelProto model, List<NodeProto> nodes, Map<String, TensorProto> stored) {
        GraphProto.Builder graph =
                model.getGraph().toBuilder().clearInitializer().clearNode().addAllNode(nodes);
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> Int8Scope.collectInputs(node, read));
        stored.values().stream()
                .filter(tensor -> read.contains(tensor.getName()))
                .forEach(graph::addInitializer);
        return model.toBuilder().setGraph(graph).build();
    }

    private static boolean turns(NodeProto node) {
        return node.getOpType().equals("Transpose")
                && node.getAttributeList().stream()
                        .allMatch(attribute -> attribute.getIntsList().equals(List.of(1L, 0L)));
    }

    private static TensorProto transposed(TensorProto matrix, String name) {
        int rows = (int) matrix.getDims(0);
        int columns = (int) matrix.getDims(1);
        float[] values = Tensors.floats(matrix);
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % columns * rows + i / columns] = values[i];
        }
        return Tensors.floats(name, turned, columns, rows);
    }

    /** The packed weight of this name as floats, if there is one. */
    static Optional<TensorProto> unpacked(String name, Map<String, TensorProto> stored) {
        TensorProto values = stored.get(Int8Weights.values(name));
        TensorProto scales = stored.get(Int8Weights.scales(name));
        if (values == null || scales == null) {
            return Optional.empty();
        }
        byte[] whole = values.getRawData().toByteArray();
        float[] scale = Tensors.floats(scales);
        int columns = (int) values.getDims(1);
        boolean byRow = scales.getDimsCount() == 2;
        float[] floats = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            floats[i] = whole[i] * scale[byRow ? i / columns : i % columns];
        }
        return Optional.of(Tensors.floats(name, floats, values.getDims(0), values.getDims(1)));
    }
}
