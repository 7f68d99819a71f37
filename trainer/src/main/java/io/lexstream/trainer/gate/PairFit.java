package io.lexstream.trainer.gate;

import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.metrics.ChrF;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether corrections belong to their texts: what a model wrote of a text, however badly, is nearer (chrF2) to a
 * correction of that text than to corrections of others. Of pairs that were shuffled it is so by chance only.
 *
 * @param fits one a text: the share of other texts' corrections that are farther than its own; NaN where the model
 *     wrote nothing, or all corrections are the same
 */
record PairFit(double[] fits) {
    private static final int OTHERS = 20;
    private static final double HALF = 0.5;

    /**
     * @param written by the model, one a text
     * @param targets the corrections
     */
    static PairFit of(List<String> written, List<String> targets, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> normal = targets.stream().map(TextPlace::normal).toList();
        double[] fits = new double[written.size()];
        for (int row = 0; row < fits.length; row++) {
            fits[row] = written.get(row).isBlank() ? Double.NaN : fit(row, written.get(row), targets, normal, random);
        }
        return new PairFit(fits);
    }

    private static double fit(
            int row, String written, List<String> targets, List<String> normal, SplittableRandom random) {
        double own = similarity(written, targets.get(row));
        double farther = 0;
        int compared = 0;
        for (int draw = 0; draw < OTHERS; draw++) {
            int other = random.nextInt(targets.size());
            if (!normal.get(other).equals(normal.get(row))) {
                double similarity = similarity(written, targets.get(other));
                farther += similarity < own ? 1 : similarity == own ? HALF : 0;
                compared++;
            }
        }
        return compared == 0 ? Double.NaN : farther / compared;
    }

    private static double similarity(String one, String other) {
        return ChrF.of(List.of(one), List.of(other));
    }

    /** Rows that say something. */
    int known() {
        return (int) Arrays.stream(fits).filter(fit -> !Double.isNaN(fit)).count();
    }

    /** 1 if every correction is the nearest, 0 if chance explains all. */
    double beyondChance() {
        return 2 * mean() - 1;
    }

    /** Standard error of {@link #beyondChance}. */
    double error() {
        double mean = mean();
        double squares = Arrays.stream(fits)
                .filter(fit -> !Double.isNaN(fit))
                .map(fit -> (fit - mean) * (fit - mean))
                .sum();
        return 2 * Math.sqrt(squares) / Math.max(1, known());
    }

    /** Whether the corrections of most other texts are nearer than the row's own. */
    boolean misfits(int row) {
        return fits[row] < HALF; // not so for NaN
    }

    int misfits() {
        return (int) Arrays.stream(fits).filter(fit -> fit < HALF).count();
    }

    private double mean() {
        return Arrays.stream(fits).filter(fit -> !Double.isNaN(fit)).average().orElse(HALF);
    }
}
