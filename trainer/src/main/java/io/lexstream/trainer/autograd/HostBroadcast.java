package io.lexstream.trainer.autograd;

import java.util.Arrays;

/** NumPy's broadcasting of whole numbers: dimensions are compared from the last, one of 1 fits any size. */
final class HostBroadcast {
    private HostBroadcast() {}

    /** What tensors of these shapes become together. */
    static long[] shape(long[] a, long[] b) {
        long[] longer = (a.length >= b.length ? a : b).clone();
        long[] shorter = a.length >= b.length ? b : a;
        for (int i = 0; i < shorter.length; i++) {
            int at = longer.length - 1 - i;
            long other = shorter[shorter.length - 1 - i];
            if (longer[at] != other && longer[at] != 1 && other != 1) {
                throw new IllegalArgumentException(
                        "the shapes " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not fit together");
            }
            longer[at] = longer[at] == 1 ? other : longer[at];
        }
        return longer;
    }

    /** The values of {@code data} in that shape, row-major, an array of its own. */
    static long[] values(HostTensor data, long[] shape) {
        long[] given = data.shape();
        long[] values = new long[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < values.length; i++) {
            long rest = i;
            long from = 0;
            long step = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                long place = rest % shape[axis];
                rest /= shape[axis];
                int own = axis - (shape.length - given.length);
                if (own >= 0) {
                    from += given[own] == 1 ? 0 : place * step;
                    step *= given[own];
                }
            }
            values[i] = data.values()[(int) from];
        }
        return values;
    }
}
