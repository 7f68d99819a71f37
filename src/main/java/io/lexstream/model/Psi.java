package io.lexstream.model;

import java.util.List;

/**
 * Population stability index: how far two histograms over the same bins are apart.
 *
 * <p>The sum over all bins of {@code (actual - expected) * ln(actual / expected)}, both as shares. In credit scoring,
 * where it comes from, below 0.1 counts as stable and above 0.25 as a shift (Siddiqi, Credit Risk Scorecards, Wiley
 * 2006). Chance alone gives about {@code (bins - 1) * (1 / expectedTexts + 1 / actualTexts)} (Yurdakul, Statistical
 * Properties of Population Stability Index, Western Michigan University 2018), so small samples say little.
 *
 * <p>A share of zero has no logarithm: half a text is added to every bin of both sides (the estimate of Krichevsky and
 * Trofimov), which fades as texts come in.
 */
public final class Psi {
    private static final double ADDED = 0.5;

    private Psi() {}

    /** @throws IllegalArgumentException if the histograms have no bin, or not equally many */
    public static double of(List<Long> expected, List<Long> actual) {
        if (expected.isEmpty() || expected.size() != actual.size()) {
            throw new IllegalArgumentException(
                    "histograms of " + expected.size() + " and " + actual.size() + " bins cannot be compared");
        }
        double expectedTotal = total(expected);
        double actualTotal = total(actual);
        double sum = 0;
        for (int i = 0; i < expected.size(); i++) {
            double before = (expected.get(i) + ADDED) / expectedTotal;
            double now = (actual.get(i) + ADDED) / actualTotal;
            sum += (now - before) * Math.log(now / before);
        }
        return sum;
    }

    private static double total(List<Long> counts) {
        return counts.stream().mapToLong(count -> count).sum() + ADDED * counts.size();
    }
}
