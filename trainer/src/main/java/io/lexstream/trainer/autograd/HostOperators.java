package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * ONNX operators on whole numbers, true = 1: the arithmetic of shapes and positions that exporters leave in a graph.
 */
final class HostOperators {
    private HostOperators() {}

    /** @throws UnknownOperatorException if there is no such operator here */
    static HostTensor run(GraphNode node, List<HostTensor> inputs) {
        HostTensor first = inputs.get(0);
        return switch (node.op()) {
            case "Gather" -> gather(node, first, inputs.get(1));
            case "Unsqueeze" -> {
                long[] axes =
                        node.integers("axes").orElseGet(() -> inputs.get(1).values());
                yield new HostTensor(first.values(), unsqueezed(first.shape(), axes));
            }
            case "Squeeze" -> {
                long[] axes = node.integers("axes")
                        .orElseGet(() -> inputs.size() > 1 ? inputs.get(1).values() : new long[0]);
                yield new HostTensor(first.values(), squeezed(first.shape(), axes));
            }
            case "Identity" -> first;
            case "Cast" ->
                node.integer("to", 0) == DataType.BOOL.getNumber() ? each(first, value -> value == 0 ? 0 : 1) : first;
            case "Concat" ->
                HostTensor.vector(inputs.stream()
                        .flatMapToLong(part -> Arrays.stream(part.values()))
                        .toArray());
            case "Neg" -> each(first, value -> -value);
            case "Abs" -> each(first, Math::abs);
            case "Not" -> each(first, value -> 1 - value);
            case "Add" -> elementwise(first, inputs.get(1), Long::sum);
            case "Sub" -> elementwise(first, inputs.get(1), (a, b) -> a - b);
            case "Mul" -> elementwise(first, inputs.get(1), (a, b) -> a * b);
            case "Div" -> elementwise(first, inputs.get(1), (a, b) -> a / b);
            case "Min" -> all(inputs, Math::min);
            case "Max" -> all(inputs, Math::max);
            case "And" -> elementwise(first, inputs.get(1), (a, b) -> a & b);
            case "Or" -> elementwise(first, inputs.get(1), (a, b) -> a | b);
            case "Equal" -> elementwise(first, inputs.get(1), (a, b) -> a == b ? 1 : 0);
            case "Less" -> elementwise(first, inputs.get(1), (a, b) -> a < b ? 1 : 0);
            case "LessOrEqual" -> elementwise(first, inputs.get(1), (a, b) -> a <= b ? 1 : 0);
            case "Greater" -> elementwise(first, inputs.get(1), (a, b) -> a > b ? 1 : 0);
            case "GreaterOrEqual" -> elementwise(first, inputs.get(1), (a, b) -> a >= b ? 1 : 0);
            case "Clip" -> elementwise(elementwise(first, inputs.get(1), Math::max), inputs.get(2), Math::min);
            case "Where" -> where(first, inputs.get(1), inputs.get(2));
            case "Expand" -> expanded(first, inputs.get(1).values());
            case "ConstantOfShape" -> filled(node, first.values());
            case "Range" -> range(first, inputs.get(1), inputs.get(2));
            case "Slice" -> slice(node, inputs);
            case "Reshape" -> reshape(first, inputs.get(1));
            default -> throw new UnknownOperatorException(node, "on whole numbers the operator");
        };
    }

    private static HostTensor gather(GraphNode node, HostTensor data, HostTensor indices) {
        if (data.shape().length != 1) {
            throw new UnknownOperatorException(node, "on whole numbers of more than one dimension");
        }
        long[] picked = Arrays.stream(indices.values())
                .map(index -> data.values()[(int) (index < 0 ? index + data.values().length : index)])
                .toArray();
        return new HostTensor(picked, indices.shape());
    }

    /** {@code shape} with a dimension of 1 put in at each of {@code axes}. */
    static long[] unsqueezed(long[] shape, long[] axes) {
        List<Long> sizes = new ArrayList<>();
        for (long size : shape) {
            sizes.add(size);
        }
        for (long axis : axes) {
            sizes.add((int) (axis < 0 ? axis + sizes.size() + 1 : axis), 1L);
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** {@code shape} without the dimensions of 1 at {@code axes}; no axes = without any. */
    static long[] squeezed(long[] shape, long[] axes) {
        Set<Integer> gone = new HashSet<>();
        for (long axis : axes) {
            gone.add((int) (axis < 0 ? axis + shape.length : axis));
        }
        return IntStream.range(0, shape.length)
                .filter(i -> axes.length == 0 ? shape[i] != 1 : !gone.contains(i))
                .mapToLong(i -> shape[i])
                .toArray();
    }

    private static HostTensor each(HostTensor data, LongUnaryOperator operator) {
        return new HostTensor(Arrays.stream(data.values()).map(operator).toArray(), data.shape());
    }

    private static HostTensor all(List<HostTensor> inputs, LongBinaryOperator operator) {
        return inputs.stream().reduce((a, b) -> elementwise(a, b, operator)).orElseThrow();
    }

    private static HostTensor elementwise(HostTensor a, HostTensor b, LongBinaryOperator operator) {
        long[] shape = HostBroadcast.shape(a.shape(), b.shape());
        long[] left = HostBroadcast.values(a, shape);
        long[] right = HostBroadcast.values(b, shape);
        Arrays.setAll(left, i -> operator.applyAsLong(left[i], right[i]));
        return new HostTensor(left, shape);
    }

    private static HostTensor where(HostTensor condition, HostTensor a, HostTensor b) {
        long[] shape = HostBroadcast.shape(HostBroadcast.shape(a.shape(), b.shape()), condition.shape());
        long[] chosen = HostBroadcast.values(condition, shape);
        long[] yes = HostBroadcast.values(a, shape);
        long[] no = HostBroadcast.values(b, shape);
        Arrays.setAll(chosen, i -> chosen[i] != 0 ? yes[i] : no[i]);
        return new HostTensor(chosen, shape);
    }

    private static HostTensor expanded(HostTensor data, long[] wanted) {
        long[] shape = HostBroadcast.shape(data.shape(), wanted);
        return new HostTensor(HostBroadcast.values(data, shape), shape);
    }

    private static HostTensor filled(GraphNode node, long[] shape) {
        long[] values = new long[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        Arrays.fill(
                values,
                node.tensor("value")
                        .map(value -> HostTensor.of(value).values()[0])
                        .orElse(0L));
        return new HostTensor(values, shape);
    }

    private static HostTensor range(HostTensor start, HostTensor end, HostTensor step) {
        long from = start.values()[0];
        long by = step.values()[0];
        int count = (int) Math.max(0, Math.ceil((end.values()[0] - from) / (double) by));
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + i * by;
        }
        return HostTensor.vector(values);
    }

    /** Along the last axis, where all axes before it have one element: position ids, and shapes. */
    private static HostTensor slice(GraphNode node, List<HostTensor> inputs) {
        HostTensor data = inputs.get(0);
        int last = data.shape().length - 1;
        long axis = inputs.size() > 3 ? inputs.get(3).values()[0] : 0;
        boolean strided = inputs.size() > 4 && inputs.get(4).values()[0] != 1;
        if ((axis < 0 ? axis + last + 1 : axis) != last || data.values().length != data.shape()[last] || strided) {
            throw new UnknownOperatorException(node, "on whole numbers in this form the operator");
        }
        int length = data.values().length;
        int start = clamped(inputs.get(1).values()[0], length);
        int end = Math.max(start, clamped(inputs.get(2).values()[0], length));
        long[] picked = Arrays.copyOfRange(data.values(), start, end);
        long[] shape = data.shape().clone();
        shape[last] = picked.length;
        return new HostTensor(picked, shape);
    }

    static int clamped(long position, long length) {
        long fromStart = position < 0 ? position + length : position;
        return (int) Math.max(0, Math.min(length, fromStart));
    }

    private static HostTensor reshape(HostTensor data, HostTensor shape) {
        return new HostTensor(data.values(), resolved(shape.values(), data.shape()));
    }

    /** ONNX's Reshape: 0 = as the input, -1 = what is left. */
    static long[] resolved(long[] wanted, long[] given) {
        long[] shape = wanted.clone();
        long rest = Arrays.stream(given).reduce(1, (a, b) -> a * b);
        int open = -1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0) {
                shape[i] = given[i];
            }
            if (shape[i] == -1) {
                open = i;
            } else if (shape[i] != 0) {
                rest /= shape[i];
            }
        }
        if (open >= 0) {
            shape[open] = rest;
        }
        return shape;
    }
}
