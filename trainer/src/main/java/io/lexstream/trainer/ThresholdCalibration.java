package io.lexstream.trainer;

import java.util.Arrays;

/**
 * Moves the border between two labels to where the development rows are told apart best, by shifting a bias: serving
 * stays a plain argmax, and probabilities shift along.
 */
final class ThresholdCalibration {
    private static final double WIDEST = 4;
    private static final double STEP = 0.05;

    private ThresholdCalibration() {}

    /** The shift of the second label's logit with the best macro-F1, mean over the sources; nearest to 0 of equals. */
    static double bestShift(LinearHead head, Examples dev) {
        double[] margins = new double[dev.size()];
        for (int row = 0; row < margins.length; row++) {
            double[] probabilities = head.probabilities(dev.features().get(row));
            margins[row] = Math.log(probabilities[1] / probabilities[0]);
        }
        return bestShift(margins, dev.labels(), dev.source());
    }

    /**
     * As {@link #bestShift(LinearHead, Examples)}.
     *
     * @param margins by how much each row's second logit is above its first
     * @param labels index of each row's right label
     * @param sources data file that each row came from
     */
    static double bestShift(double[] margins, int[] labels, int[] sources) {
        double best = 0;
        double bestScore = score(margins, labels, sources, 0);
        for (int i = 1; i * STEP <= WIDEST; i++) {
            for (double shift : new double[] {i * STEP, -i * STEP}) {
                double score = score(margins, labels, sources, shift);
                if (score > bestScore) {
                    best = shift;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    private static double score(double[] margins, int[] labels, int[] sources, double shift) {
        // By source, right label, predicted label.
        int[][][] counts = new int[Arrays.stream(sources).max().orElse(0) + 1][2][2];
        for (int row = 0; row < margins.length; row++) {
            counts[sources[row]][labels[row]][margins[row] + shift > 0 ? 1 : 0]++;
        }
        double sum = 0;
        for (int[][] source : counts) {
            sum += (f1(source, 0) + f1(source, 1)) / 2;
        }
        return sum / counts.length;
    }

    private static double f1(int[][] counts, int label) {
        int hits = counts[label][label];
        int misses = counts[label][1 - label];
        int falseAlarms = counts[1 - label][label];
        return hits == 0 ? 0 : 2.0 * hits / (2.0 * hits + misses + falseAlarms);
    }
}
