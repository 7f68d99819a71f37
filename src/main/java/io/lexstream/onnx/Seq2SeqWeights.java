package io.lexstream.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Where the weights of a graph that is built come from. */
@FunctionalInterface
public interface Seq2SeqWeights {
    /** How a weight begins. */
    enum Start {
        /** Normal, so that a token's state times {@code sqrt(width)} has a deviation of 1. */
        EMBEDDING,
        /** Normal, as wide as keeps the size of what passes (Glorot and Bengio 2010). */
        LINEAR,
        ZERO,
        ONE
    }

    /** The values in row-major order. */
    float[] values(String name, Start start, long... shape);

    /** Weights that know nothing yet; each follows from the seed and its own name. */
    static Seq2SeqWeights fresh(long seed) {
        return (name, start, shape) -> {
            float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            if (start == Start.ONE) {
                Arrays.fill(values, 1);
            }
            if (start == Start.EMBEDDING || start == Start.LINEAR) {
                double deviation = start == Start.EMBEDDING
                        ? 1 / Math.sqrt((double) shape[1])
                        : Math.sqrt(2.0 / (shape[0] + shape[1]));
                Random random = new Random(seed * 1_000_003 + name.hashCode());
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (deviation * random.nextGaussian());
                }
            }
            return values;
        };
    }

    /** Weights that were trained. */
    static Seq2SeqWeights of(Map<String, float[]> weights) {
        return (name, start, shape) -> {
            float[] values = weights.get(name);
            long expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (values == null || values.length != expected) {
                throw new IllegalArgumentException("the weight %s has %s values, expected %d"
                        .formatted(name, values == null ? "no" : String.valueOf(values.length), expected));
            }
            return values;
        };
    }
}
