package io.lexstream.trainer.tuning;

import java.util.Random;

/**
 * A linear head at the start of training.
 *
 * @param weights [dimensions][labels]
 */
public record TuningHead(String task, float[][] weights, float[] bias) {
    private static final double DEVIATION = 0.02;

    /** A head that knows nothing yet. */
    public static TuningHead fresh(String task, int dimensions, int labels, long seed) {
        Random random = new Random(seed);
        float[][] weights = new float[dimensions][labels];
        for (float[] row : weights) {
            for (int label = 0; label < labels; label++) {
                row[label] = (float) (DEVIATION * random.nextGaussian());
            }
        }
        return new TuningHead(task, weights, new float[labels]);
    }
}
