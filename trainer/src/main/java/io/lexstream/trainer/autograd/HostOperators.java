package io.lexstream.trainer.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** ONNX operators on whole numbers: the shape arithmetic that exporters leave in a graph. */
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
            case "Squeeze" -> squeeze(first);
            case "Cast", "Identity" -> first;
            case "Concat" ->
                HostTensor.vector(inputs.stream()
                        .flatMapToLong(part -> Arrays.stream(part.values()))
                        .toArray());
            case "Add" -> elementwise(first, inputs.get(1), Long::sum);
            case "Sub" -> elementwise(first, inputs.get(1), (a, b) -> a - b);
            case "Mul" -> elementwise(first, inputs.get(1), (a, b) -> a * b);
            case "Div" -> elementwise(first, inputs.get(1), (a, b) -> a / b);
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

    private static HostTensor squeeze(HostTensor data) {
        return new HostTensor(
                data.values(),
                Arrays.stream(data.shape()).filter(size -> size != 1).toArray());
    }

    /** Same shapes, or one of them a single value. */
    private static HostTensor elementwise(HostTensor a, HostTensor b, LongBinaryOperator operator) {
        HostTensor larger = a.values().length >= b.values().length ? a : b;
        long[] result = new long[larger.values().length];
        for (int i = 0; i < result.length; i++) {
            result[i] = operator.applyAsLong(
                    a.values()[a.values().length == 1 ? 0 : i], b.values()[b.values().length == 1 ? 0 : i]);
        }
        return new HostTensor(result, larger.shape());
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
