package io.lexstream.trainer;

import java.util.Arrays;

/**
 * How much each row counts.
 *
 * @param sourceEvenness 0: every row counts the same, so a large file drowns small ones; 1: every file counts the same;
 *     between: by the power of its size
 * @param labelEvenness 0: labels count as often as they occur, which keeps probabilities honest; 1: all the same
 */
public record TrainingWeights(double sourceEvenness, double labelEvenness) {
    public TrainingWeights {
        requireShare("source evenness", sourceEvenness);
        requireShare("label evenness", labelEvenness);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, got " + value);
        }
    }

    /** One weight a row; labels are evened out inside each source. */
    double[] of(int[] sources, int[] labels) {
        int sourceCount = Arrays.stream(sources).max().orElse(0) + 1;
        int labelCount = Arrays.stream(labels).max().orElse(0) + 1;
        int[] rows = new int[sourceCount];
        int[][] rowsOfLabel = new int[sourceCount][labelCount];
        for (int row = 0; row < sources.length; row++) {
            rows[sources[row]]++;
            rowsOfLabel[sources[row]][labels[row]]++;
        }
        double[] weights = new double[sources.length];
        double[] sums = new double[sourceCount];
        for (int row = 0; row < weights.length; row++) {
            int source = sources[row];
            weights[row] = Math.pow(rows[source] / (double) rowsOfLabel[source][labels[row]], labelEvenness);
            sums[source] += weights[row];
        }
        for (int row = 0; row < weights.length; row++) {
            int source = sources[row];
            weights[row] *= Math.pow(rows[source], 1 - sourceEvenness) / sums[source];
        }
        return weights;
    }
}
