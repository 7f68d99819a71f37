package io.lexstream.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Population stability index: how far two histograms over the same bins are apart.
 *
 * <p>The sum over all bins of {@code (actual - expected) * ln(actual / expected)}, both as shares. In credit scoring,
 * where it comes from, below 0.1 counts as stable and above 0.25 as a shift (Siddiqi, Credit Risk Scorecards, Wiley
 * 2006). Chance alone gives about {@code (bins - 1) * (1 / expectedTexts + 1 / actualTexts)} (Yurdakul, Statistical
 * Properties of Population Stability Index, Western Michigan University 2018), so small samples say little.
 *
 * <p>A share of zero has no logarithm: half a text is added to both sides of every bin that one of them has (the
 * estimate of Krichevsky and Trofimov), which fades as texts come in. Bins that both lack do not count.
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
        List<Integer> bins = IntStream.range(0, expected.size())
                .filter(bin -> expected.get(bin) + actual.get(bin) > 0)
                .boxed()
                .toList();
        double expectedTotal = total(expected, bins.size());
        double actualTotal = total(actual, bins.size());
        double sum = 0;
        for (int bin : bins) {
            double before = (expected.get(bin) + ADDED) / expectedTotal;
            double now = (actual.get(bin) + ADDED) / actualTotal;
            sum += (now - before) * Math.log(now / before);
        }
        return sum;
    }

    private static double total(List<Long> counts, int bins) {
        return counts.stream().mapToLong(count -> count).sum() + ADDED * bins;
    }
}
