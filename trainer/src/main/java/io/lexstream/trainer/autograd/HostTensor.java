package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.onnx.Tensors;
import java.util.Arrays;

/**
 * A small int64 tensor that lives in Java: exported graphs compute shapes, and there is nothing to train in those.
 *
 * @param values in row-major order
 * @param shape sizes of the dimensions; empty = a scalar
 */
public record HostTensor(long[] values, long[] shape) implements Value {
    public HostTensor {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (elements != values.length) {
            throw new IllegalArgumentException(values.length + " values for the shape " + Arrays.toString(shape));
        }
    }

    /** A tensor of whole numbers or truth values as a file has it. */
    static HostTensor of(TensorProto tensor) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        return new HostTensor(Tensors.wholeNumbers(tensor), shape);
    }

    static HostTensor vector(long... values) {
        return new HostTensor(values, new long[] {values.length});
    }

    /** Token ids and masks: {@code [rows, columns]}. */
    public static HostTensor matrix(long[] values, int rows) {
        return new HostTensor(values, new long[] {rows, rows == 0 ? 0 : values.length / rows});
    }
}
