package io.lexstream.trainer.metrics;

import java.util.List;

/**
 * A measure of many texts that is computed from sums: each text adds its counts, and the score is a function of the
 * totals. So a resample of the texts is scored without reading them again.
 */
public interface CorpusMetric {
    /** What one text adds; arrays of one metric have one length. */
    double[] counts(Segment segment);

    /** Of added counts; 0 to 1 for all but {@link LengthRatio}, 0 for no texts. */
    double score(double[] sums);

    /** Counts of each text. */
    default List<double[]> countsOf(List<Segment> segments) {
        return segments.stream().map(this::counts).toList();
    }

    default double score(List<Segment> segments) {
        return score(sum(countsOf(segments)));
    }

    /** Element by element; empty for none. */
    static double[] sum(List<double[]> counts) {
        if (counts.isEmpty()) {
            return new double[0];
        }
        double[] sums = new double[counts.get(0).length];
        counts.forEach(count -> add(count, sums));
        return sums;
    }

    /** Adds {@code counts} to {@code sums}. */
    static void add(double[] counts, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += counts[i];
        }
    }

    /** The first sum by the second; 0 for no texts. */
    static double ratio(double[] sums) {
        return sums.length == 0 || sums[1] == 0 ? 0 : sums[0] / sums[1];
    }
}
