package io.lexstream.generation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws one text's tokens: temperature, then the likeliest {@code topK}, then the likeliest of {@code topP} together.
 */
final class Sampler implements TokenChoice {
    private final Sampling settings;
    private final RandomGenerator random;

    Sampler(Sampling settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    @Override
    public int next(float[] scores) {
        int[] candidates = likeliest(scores);
        double[] weights = new double[candidates.length];
        double best = scores[candidates[0]];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp((scores[candidates[i]] - best) / settings.temperature());
        }
        double total = Arrays.stream(weights).sum();
        int count = nucleus(weights, total);
        double kept = Arrays.stream(weights, 0, count).sum();
        double left = random.nextDouble() * kept;
        for (int i = 0; i < count; i++) {
            left -= weights[i];
            if (left < 0) {
                return candidates[i];
            }
        }
        return candidates[count - 1]; // what rounding left over
    }

    /** Tokens that can be drawn, the likeliest first; at most {@code topK}. */
    private int[] likeliest(float[] scores) {
        long[] order = new long[scores.length];
        int possible = 0;
        for (int token = 0; token < order.length; token++) {
            if (scores[token] > Float.NEGATIVE_INFINITY) {
                order[possible++] = orderOf(scores[token], token);
            }
        }
        Arrays.sort(order, 0, possible);
        int count = settings.topK() == 0 ? possible : Math.min(possible, settings.topK());
        int[] likeliest = new int[count];
        for (int i = 0; i < count; i++) {
            likeliest[i] = Integer.MAX_VALUE - (int) order[possible - 1 - i];
        }
        return likeliest;
    }

    /** Sorts like the value, and of equal ones the first token last; its lower half tells the token. */
    private static long orderOf(float value, int token) {
        int bits = Float.floatToIntBits(value);
        int sortable = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) sortable << Integer.SIZE) | (Integer.MAX_VALUE - token);
    }

    /** How many of the likeliest have {@code topP} together; one at least. */
    private int nucleus(double[] weights, double total) {
        double sum = 0;
        int count = 0;
        while (count < weights.length && sum < settings.topP() * total) {
            sum += weights[count++];
        }
        return count;
    }
}
