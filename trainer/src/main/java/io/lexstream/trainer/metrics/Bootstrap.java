package io.lexstream.trainer.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Confidence by bootstrap resampling (Koehn 2004, section 3): the texts are drawn anew, as many as there are and with
 * repetition, and each draw is scored; the middle 95 % of the scores is the interval.
 *
 * @param resamples how often; a thousand is usual
 * @param seed the same seed draws the same texts, whatever the metric
 */
public record Bootstrap(int resamples, long seed) {
    /** A thousand resamples. */
    public static final Bootstrap DEFAULT = new Bootstrap(1000, 12345);

    private static final int CUT_OFF = 40; // a fortieth at each end leaves 95 %

    public Bootstrap {
        if (resamples < CUT_OFF) {
            throw new IllegalArgumentException("at least " + CUT_OFF + " resamples are needed, got " + resamples);
        }
    }

    /** @param counts what each text adds, as {@code metric} counted it; at least one text */
    public Interval interval(CorpusMetric metric, List<double[]> counts) {
        return middle(scores(metric, counts));
    }

    /**
     * By how much {@code ours} scores above {@code theirs} (paired: both are scored on the same draws). If zero lies
     * below the interval, ours is better beyond chance.
     *
     * @param theirs of the same texts in the same order
     */
    public Interval gain(CorpusMetric metric, List<double[]> ours, List<double[]> theirs) {
        return middle(gains(metric, ours, theirs));
    }

    /** Without the outermost fortieth on each side. */
    private Interval middle(double[] scores) {
        Arrays.sort(scores);
        int cut = resamples / CUT_OFF;
        return new Interval(scores[cut], scores[resamples - 1 - cut]);
    }

    /**
     * Compares two writers of the same texts (Koehn 2004, section 4): each draw takes the same texts of both.
     *
     * @param one what each text of the one adds, as {@code metric} counted it; at least one text
     * @param other the other's, in the same order
     * @param confidence of the lower bound, 0 to 1
     */
    public PairedDifference difference(
            CorpusMetric metric, List<double[]> one, List<double[]> other, double confidence) {
        double difference = metric.score(CorpusMetric.sum(one)) - metric.score(CorpusMetric.sum(other));
        double[] ahead = gains(metric, one, other);
        long notBehind = Arrays.stream(ahead).filter(gain -> gain >= 0).count();
        Arrays.sort(ahead);
        double lower = ahead[(int) Math.floor((1 - confidence) * (resamples - 1))];
        double byChance = difference >= 0 ? 1 : (notBehind + 1.0) / (resamples + 1);
        return new PairedDifference(one.size(), difference, lower, byChance);
    }

    /** Score of the one minus the other's in each resample: one seed draws the same texts of both. */
    private double[] gains(CorpusMetric metric, List<double[]> ours, List<double[]> theirs) {
        if (ours.size() != theirs.size()) {
            throw new IllegalArgumentException(ours.size() + " texts against " + theirs.size());
        }
        double[] gains = scores(metric, ours);
        double[] others = scores(metric, theirs);
        for (int resample = 0; resample < resamples; resample++) {
            gains[resample] -= others[resample];
        }
        return gains;
    }

    /** The score of each resample. */
    private double[] scores(CorpusMetric metric, List<double[]> counts) {
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("no text to draw from");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] scores = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            double[] sums = new double[counts.get(0).length];
            for (int drawn = 0; drawn < counts.size(); drawn++) {
                CorpusMetric.add(counts.get(random.nextInt(counts.size())), sums);
            }
            scores[resample] = metric.score(sums);
        }
        return scores;
    }
}
