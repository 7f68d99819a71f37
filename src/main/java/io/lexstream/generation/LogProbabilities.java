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

    /** -infinity if all scores are. */
    static double logSumExp(float[] scores) {
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score); // NaN wins
        }
        if (Float.isNaN(max) || max == Float.POSITIVE_INFINITY) {
            throw new InferenceException("a logit is " + max);
        }
        if (max == Float.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (float score : scores) {
            sum += exp(score - max);
        }
        return max + Math.log(sum);
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
        int whole = (int) (scaled - 0.5f);
        float f = scaled - whole;
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
