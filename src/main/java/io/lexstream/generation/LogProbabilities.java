package io.lexstream.generation;

import io.lexstream.runtime.InferenceException;

/**
 * Turns scores of all tokens into log-probabilities. Most of a step's work outside the graph, and so written for speed.
 */
final class LogProbabilities {
    private static final float LOG2_E = 1.442695f;

    /** Below it e^x is no normal float any more. */
    private static final float SMALLEST = -87;

    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA_BITS = 23;

    /** 1.5 * 2^23: a float of its size has no room for a fraction, so adding it rounds to the nearest whole number. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    private LogProbabilities() {}

    /**
     * {@code scores[i] -= log(sum(exp(scores)))}, in place; scores of -infinity stay so.
     *
     * @throws InferenceException if a score is NaN or +infinity
     */
    static void normalise(float[] scores) {
        double logSum = logSumExp(scores);
        if (logSum == Double.NEGATIVE_INFINITY) {
            return;
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (scores[i] - logSum);
        }
    }

    /**
     * -infinity if all scores are.
     *
     * @throws InferenceException if a score is NaN or +infinity
     */
    static double logSumExp(float[] scores) {
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = score > max ? score : max; // five times as fast as Math.max, which looks for NaN
        }
        double sum = max == Float.NEGATIVE_INFINITY || max == Float.POSITIVE_INFINITY ? 0 : sumExp(scores, max);
        if (Double.isNaN(sum) || sum == 0) {
            requireNumbers(scores);
            return Double.NEGATIVE_INFINITY;
        }
        return max + Math.log(sum);
    }

    /** The sum of {@code exp(scores[i] - max)}, four sums at once so that no addition waits for the one before. */
    private static double sumExp(float[] scores, float max) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i < scores.length - 3; i += 4) {
            first += exp(scores[i] - max);
            second += exp(scores[i + 1] - max);
            third += exp(scores[i + 2] - max);
            fourth += exp(scores[i + 3] - max);
        }
        for (; i < scores.length; i++) {
            first += exp(scores[i] - max);
        }
        return first + second + third + fourth;
    }

    private static void requireNumbers(float[] scores) {
        for (float score : scores) {
            if (Float.isNaN(score) || score == Float.POSITIVE_INFINITY) {
                throw new InferenceException("a logit is " + score);
            }
        }
    }

    /**
     * e^x for x <= 0, to about 1e-7 of the value: 2^n from the exponent's bits, 2^f for the rest of -0.5..0.5 by its
     * series.
     */
    static float exp(float x) {
        if (x < SMALLEST) {
            return 0;
        }
        float scaled = x * LOG2_E;
        float rounded = scaled + ROUNDER;
        int whole = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        float f = scaled - (rounded - ROUNDER);
        float power = 1
                + f
                        * (0.6931472f
                                + f
                                        * (0.2402265f
                                                + f
                                                        * (0.05550411f
                                                                + f
                                                                        * (0.009618129f
                                                                                + f
                                                                                        * (0.0013333558f
                                                                                                + f
                                                                                                        * 0.0001540353f)))));
        return Float.intBitsToFloat((whole + EXPONENT_BIAS) << MANTISSA_BITS) * power;
    }
}
