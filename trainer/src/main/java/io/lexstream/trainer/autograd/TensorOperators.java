package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lexstream.onnx.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** ONNX operators on tensors, each by an operation of the backend. */
final class TensorOperators {
    /** Names that {@link GraphFusion} gives to what it has put together. */
    static final String FUSED_LINEAR = "lexstream.Linear";

    static final String FUSED_LAYER_NORM = "lexstream.LayerNorm";
    static final String FUSED_GELU = "lexstream.Gelu";

    private final TensorBackend backend;

    TensorOperators(TensorBackend backend) {
        this.backend = backend;
    }

    /**
     * Runs one node.
     *
     * @param inputs in the node's order; null = an optional one that is left out
     * @param random gives numbers in [0, 1) to Dropout; null = not training, nothing is dropped
     * @throws UnknownOperatorException if there is no such operator here
     */
    Tensor run(GraphNode node, List<@Nullable Value> inputs, @Nullable DoubleSupplier random) {
        Inputs in = new Inputs(node, inputs);
        return switch (node.op()) {
            case "Add" -> backend.add(in.tensor(0), in.tensor(1));
            case "Sub" -> backend.sub(in.tensor(0), in.tensor(1));
            case "Mul" -> backend.mul(in.tensor(0), in.tensor(1));
            case "Div" -> backend.div(in.tensor(0), in.tensor(1));
            case "Pow" -> backend.pow(in.tensor(0), in.tensor(1));
            case "Neg" -> backend.neg(in.tensor(0));
            case "Sqrt" -> backend.sqrt(in.tensor(0));
            case "Erf" -> backend.erf(in.tensor(0));
            case "Tanh" -> backend.tanh(in.tensor(0));
            case "Exp" -> backend.exp(in.tensor(0));
            case "Log" -> backend.log(in.tensor(0));
            case "Abs" -> backend.abs(in.tensor(0));
            case "Sigmoid" -> backend.sigmoid(in.tensor(0));
            case "Reciprocal" -> backend.div(backend.floats(new float[] {1}), in.tensor(0));
            case "Min" -> in.tensors().stream().reduce(backend::minimum).orElseThrow();
            case "Max" -> in.tensors().stream().reduce(backend::maximum).orElseThrow();
            case "Clip" -> clip(in);
            case "Equal" -> backend.equal(in.tensor(0), in.tensor(1));
            case "Less" -> backend.less(in.tensor(0), in.tensor(1));
            case "LessOrEqual" -> backend.lessOrEqual(in.tensor(0), in.tensor(1));
            case "Greater" -> backend.less(in.tensor(1), in.tensor(0));
            case "GreaterOrEqual" -> backend.lessOrEqual(in.tensor(1), in.tensor(0));
            case "IsNaN" -> backend.isNaN(in.tensor(0));
            case "Not" -> backend.not(backend.toBoolean(in.tensor(0)));
            case "And" -> backend.and(backend.toBoolean(in.tensor(0)), backend.toBoolean(in.tensor(1)));
            case "Or" -> backend.or(backend.toBoolean(in.tensor(0)), backend.toBoolean(in.tensor(1)));
            case "Relu" -> backend.relu(in.tensor(0));
            case "Gelu", FUSED_GELU -> backend.gelu(in.tensor(0));
            case "Identity" -> in.tensor(0);
            case "MatMul" -> backend.matMul(in.tensor(0), in.tensor(1));
            case FUSED_LINEAR -> backend.linear(in.tensor(0), in.tensor(1), in.tensor(2));
            case "Gemm" -> gemm(node, in);
            case "LayerNormalization", FUSED_LAYER_NORM ->
                backend.layerNorm(in.tensor(0), in.tensor(1), in.tensor(2), node.number("epsilon", 1e-5f));
            case "Softmax" -> backend.softmax(in.tensor(0), (int) node.integer("axis", -1));
            case "ReduceMean" -> backend.mean(in.tensor(0), ints(in.axes()), node.integer("keepdims", 1) == 1);
            case "ReduceSum" -> backend.sum(in.tensor(0), ints(in.axes()), node.integer("keepdims", 1) == 1);
            case "Transpose" -> backend.transpose(in.tensor(0), permutation(node, in.tensor(0)));
            case "Reshape" ->
                backend.reshape(
                        in.tensor(0),
                        HostOperators.resolved(in.host(1).values(), in.tensor(0).shape()));
            case "Unsqueeze" -> unsqueeze(in);
            case "Squeeze" -> squeeze(in);
            case "ConstantOfShape" -> filled(node, in);
            case "Trilu" -> triangle(node, in);
            case "Concat" -> backend.concat(in.tensors(), (int) node.integer("axis", 0));
            case "Slice" -> slice(node, in);
            case "Gather" -> gather(node, in);
            case "Cast" -> cast(node, in.tensor(0));
            case "Expand" -> backend.expand(in.tensor(0), expanded(in));
            case "Where" -> backend.where(backend.toBoolean(in.tensor(0)), in.tensor(1), in.tensor(2));
            case "Dropout" -> random == null ? in.tensor(0) : dropout(in, random);
            default -> throw new UnknownOperatorException(node, "the operator");
        };
    }

    private Tensor gemm(GraphNode node, Inputs in) {
        if (node.integer("transA", 0) != 0 || node.number("alpha", 1) != 1 || node.number("beta", 1) != 1) {
            throw new UnknownOperatorException(node, "with these attributes the operator");
        }
        Tensor weight = in.tensor(1);
        return backend.linear(
                in.tensor(0), node.integer("transB", 0) == 1 ? backend.transpose(weight, 1, 0) : weight, in.tensor(2));
    }

    private static int[] permutation(GraphNode node, Tensor data) {
        int dimensions = data.shape().length;
        int[] reversed = new int[dimensions];
        Arrays.setAll(reversed, i -> dimensions - 1 - i);
        return node.integers("perm").map(TensorOperators::ints).orElse(reversed);
    }

    private Tensor unsqueeze(Inputs in) {
        return backend.reshape(
                in.tensor(0), HostOperators.unsqueezed(in.tensor(0).shape(), in.axes()));
    }

    private Tensor squeeze(Inputs in) {
        long[] given = in.tensor(0).shape();
        long[] axes = in.size() > 1 || in.node.integers("axes").isPresent() ? in.axes() : new long[0];
        return backend.reshape(in.tensor(0), HostOperators.squeezed(given, axes));
    }

    private Tensor clip(Inputs in) {
        Tensor raised = in.has(1) ? backend.maximum(in.tensor(0), in.tensor(1)) : in.tensor(0);
        return in.has(2) ? backend.minimum(raised, in.tensor(2)) : raised;
    }

    private Tensor filled(GraphNode node, Inputs in) {
        long[] shape = in.host(0).values();
        float[] values = new float[elements(shape)];
        Arrays.fill(
                values,
                node.tensor("value").map(value -> Tensors.floats(value)[0]).orElse(0f));
        return backend.floats(values, shape);
    }

    /** What lies on one side of the diagonal, zeros on the other. */
    private Tensor triangle(GraphNode node, Inputs in) {
        Tensor data = in.tensor(0);
        long[] shape = data.shape();
        int rows = (int) shape[shape.length - 2];
        int columns = (int) shape[shape.length - 1];
        long diagonal = in.has(1) ? in.host(1).values()[0] : 0;
        boolean upper = node.integer("upper", 1) == 1;
        long[] kept = new long[rows * columns];
        for (int i = 0; i < kept.length; i++) {
            int offset = i % columns - i / columns;
            kept[i] = (upper ? offset >= diagonal : offset <= diagonal) ? 1 : 0;
        }
        Tensor mask = backend.toBoolean(backend.longs(kept, rows, columns));
        return backend.where(mask, data, backend.floats(new float[] {0}));
    }

    private Tensor slice(GraphNode node, Inputs in) {
        Tensor result = in.tensor(0);
        long[] starts = in.host(1).values();
        long[] ends = in.host(2).values();
        for (int i = 0; i < starts.length; i++) {
            int axis = in.size() > 3 ? axis(in.host(3).values()[i], result) : i;
            if (in.size() > 4 && in.host(4).values()[i] != 1) {
                throw new UnknownOperatorException(node, "with steps the operator");
            }
            long length = result.shape()[axis];
            long start = HostOperators.clamped(starts[i], length);
            result = backend.slice(result, axis, start, HostOperators.clamped(ends[i], length));
        }
        return result;
    }

    private Tensor gather(GraphNode node, Inputs in) {
        Tensor data = in.tensor(0);
        int axis = axis(node.integer("axis", 0), data);
        if (in.value(1) instanceof HostTensor index && index.shape().length == 0) {
            long length = data.shape()[axis];
            long at = index.values()[0] < 0 ? index.values()[0] + length : index.values()[0];
            return backend.reshape(backend.slice(data, axis, at, at + 1), without(data.shape(), axis));
        }
        if (axis != 0 || data.shape().length != 2) {
            throw new UnknownOperatorException(node, "of this form the operator");
        }
        return backend.embedding(data, in.tensor(1));
    }

    private Tensor cast(GraphNode node, Tensor data) {
        long to = node.integer("to", 0);
        if (to == DataType.FLOAT.getNumber()) {
            return backend.toFloat(data);
        }
        if (to == DataType.BOOL.getNumber()) {
            return backend.toBoolean(data);
        }
        if (to == DataType.INT64.getNumber() || to == DataType.INT32.getNumber()) {
            return backend.toLong(data);
        }
        throw new UnknownOperatorException(node, "to the type " + to + " the operator");
    }

    /** Dimensions broadcast both ways: 1 in the wanted shape means as it is. */
    private static long[] expanded(Inputs in) {
        long[] given = in.tensor(0).shape();
        long[] wanted = in.host(1).values().clone();
        for (int i = 0; i < Math.min(given.length, wanted.length); i++) {
            int at = wanted.length - 1 - i;
            wanted[at] = Math.max(wanted[at], given[given.length - 1 - i]);
        }
        return wanted;
    }

    /** Inverted dropout (Srivastava et al. 2014): what stays is scaled up, so that serving needs no change. */
    private Tensor dropout(Inputs in, DoubleSupplier random) {
        Tensor data = in.tensor(0);
        float ratio = in.size() > 1 ? in.tensor(1).floats()[0] : in.node.number("ratio", 0.5f);
        long[] shape = data.shape();
        float[] mask = new float[elements(shape)];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.getAsDouble() < ratio ? 0 : 1 / (1 - ratio);
        }
        return backend.mul(data, backend.floats(mask, shape));
    }

    private static int elements(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    private static int axis(long axis, Tensor data) {
        return (int) (axis < 0 ? axis + data.shape().length : axis);
    }

    private static long[] without(long[] shape, int axis) {
        long[] rest = new long[shape.length - 1];
        System.arraycopy(shape, 0, rest, 0, axis);
        System.arraycopy(shape, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    /** A node's inputs as the kind that an operator needs. */
    private final class Inputs {
        private final GraphNode node;
        private final List<@Nullable Value> values;

        private Inputs(GraphNode node, List<@Nullable Value> values) {
            this.node = node;
            this.values = values;
        }

        int size() {
            return values.size();
        }

        /** Whether the input is given: optional ones may be left out at the end, or have no name. */
        boolean has(int index) {
            return index < values.size() && values.get(index) != null;
        }

        Value value(int index) {
            Value value = index < values.size() ? values.get(index) : null;
            if (value == null) {
                throw new UnknownOperatorException(node, "without its input " + index + " the operator");
            }
            return value;
        }

        Tensor tensor(int index) {
            return value(index) instanceof HostTensor host
                    ? backend.longs(host.values(), host.shape())
                    : (Tensor) value(index);
        }

        List<Tensor> tensors() {
            return IntStream.range(0, size()).mapToObj(this::tensor).toList();
        }

        HostTensor host(int index) {
            if (value(index) instanceof HostTensor host) {
                return host;
            }
            throw new UnknownOperatorException(node, "with a computed shape the operator");
        }

        long[] axes() {
            return node.integers("axes").orElseGet(() -> host(1).values());
        }
    }
}
