package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lexstream.onnx.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the very ONNX graph that is served on tensors with gradients, and so trains chosen initialisers of it; there is
 * no second definition of any architecture.
 *
 * <p>Whole numbers (shapes) are computed in Java, floats by the backend, which stays the caller's.
 */
public final class GraphTrainer {
    private static final Set<Integer> WHOLE =
            Set.of(DataType.INT64.getNumber(), DataType.INT32.getNumber(), DataType.BOOL.getNumber());

    private final TensorBackend backend;
    private final TensorOperators operators;
    private final List<GraphNode> nodes;
    private final List<String> outputs;
    private final Map<String, Value> constants = new HashMap<>();
    private final Map<String, Tensor> trainable = new LinkedHashMap<>();
    private final Map<String, Float> scalars = new HashMap<>();

    /**
     * @param train names of the float initialisers that get gradients
     * @param outputs names of the values wanted; what they do not need is left out
     * @throws UnknownOperatorException if an initialiser's type is unknown; unknown operators show when run
     */
    public GraphTrainer(TensorBackend backend, GraphProto graph, Predicate<String> train, List<String> outputs) {
        this.backend = backend;
        this.operators = new TensorOperators(backend);
        this.outputs = List.copyOf(outputs);
        Set<NodeProto> needed = needed(graph, outputs);
        List<GraphNode> kept = new ArrayList<>();
        Map<String, TensorProto> initializers = new LinkedHashMap<>();
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (needed.contains(node)) {
                if (node.getOpType().equals("Constant")) {
                    load(node.getOutput(0), ConstantNode.value(node), false);
                } else {
                    kept.add(GraphNode.of(node));
                    for (String input : node.getInputList()) {
                        TensorProto tensor = initializers.remove(input);
                        if (tensor != null) {
                            load(input, tensor, train.test(input));
                        }
                    }
                }
            }
        }
        this.nodes = new GraphFusion(kept, scalars, this::constantRank).fused();
    }

    /** The parameters that are trained, by name, in the graph's order. */
    public Map<String, Tensor> trainable() {
        return Collections.unmodifiableMap(trainable);
    }

    /** What is run, in order: ONNX operators, and those that {@link GraphFusion} made. */
    List<String> operators() {
        return nodes.stream().map(GraphNode::op).toList();
    }

    /**
     * Runs the graph within the backend's current step.
     *
     * @param inputs the graph's inputs by name; {@code [batch, tokens]} token ids as tensors of
     *     {@link TensorBackend#longs}
     * @param dropout gives numbers in [0, 1) to Dropout nodes; null = evaluating, nothing is dropped
     * @return the wanted outputs by name
     * @throws UnknownOperatorException if a node cannot be run
     */
    public Map<String, Tensor> run(Map<String, ? extends Value> inputs, @Nullable DoubleSupplier dropout) {
        Map<String, Value> values = new HashMap<>(constants);
        values.putAll(inputs);
        for (GraphNode node : nodes) {
            List<@Nullable Value> arguments = new ArrayList<>(node.inputs().size());
            for (String input : node.inputs()) {
                arguments.add(input.isEmpty() ? null : valueOf(values, input, node));
            }
            values.put(node.output(), run(node, arguments, dropout));
        }
        Map<String, Tensor> results = new LinkedHashMap<>();
        outputs.forEach(output -> results.put(output, (Tensor) values.get(output)));
        return results;
    }

    private Value run(GraphNode node, List<@Nullable Value> arguments, @Nullable DoubleSupplier dropout) {
        Value first = arguments.get(0);
        if (node.op().equals("Shape") && first != null) {
            return shape(node, first.shape());
        }
        List<HostTensor> whole = new ArrayList<>(arguments.size());
        for (Value argument : arguments) {
            if (argument instanceof HostTensor host) {
                whole.add(host);
            }
        }
        boolean allWhole = whole.size() == arguments.size();
        return allWhole && !makesFloats(node)
                ? HostOperators.run(node, whole)
                : operators.run(node, arguments, dropout);
    }

    /** The whole shape, or the part that the attributes name. */
    private static HostTensor shape(GraphNode node, long[] shape) {
        int from = HostOperators.clamped(node.integer("start", 0), shape.length);
        int to = HostOperators.clamped(node.integer("end", shape.length), shape.length);
        return HostTensor.vector(Arrays.copyOfRange(shape, from, Math.max(from, to)));
    }

    /** Whether an operator makes something else of whole numbers. */
    private static boolean makesFloats(GraphNode node) {
        return switch (node.op()) {
            case "Cast" -> !WHOLE.contains((int) node.integer("to", 0));
            case "ConstantOfShape" ->
                !node.tensor("value").map(Tensors::isWhole).orElse(false);
            default -> false;
        };
    }

    private static Value valueOf(Map<String, Value> values, String name, GraphNode node) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for " + name + ", an input of " + node);
        }
        return value;
    }

    private void load(String name, TensorProto tensor, boolean train) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        if (Tensors.isWhole(tensor)) {
            constants.put(name, HostTensor.of(tensor));
        } else if (tensor.getDataType() == DataType.FLOAT.getNumber()) {
            float[] values = Tensors.floats(tensor);
            if (values.length == 1) {
                scalars.put(name, values[0]);
            }
            Tensor parameter = backend.parameter(values, shape, train);
            constants.put(name, parameter);
            if (train) {
                trainable.put(name, parameter);
            }
        } else {
            throw new UnknownOperatorException(tensor.getDataType(), name);
        }
    }

    private int constantRank(String name) {
        return constants.get(name) instanceof Tensor tensor ? tensor.shape().length : -1;
    }

    private static Set<NodeProto> needed(GraphProto graph, List<String> outputs) {
        Map<String, NodeProto> producers = new HashMap<>();
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(output -> producers.put(output, node)));
        Set<NodeProto> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<String> wanted = new ArrayDeque<>(outputs);
        while (!wanted.isEmpty()) {
            NodeProto node = producers.get(wanted.remove());
            if (node != null && needed.add(node)) {
                wanted.addAll(node.getInputList());
            }
        }
        return needed;
    }
}
