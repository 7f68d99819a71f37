package io.lexstream.feedback;

import io.lexstream.feedback.Alarm.Closed;
import io.lexstream.feedback.History.Sums;

/**
 * What a product's history says about a window at some time of day.
 *
 * <p>Volume: its rate is Gamma-distributed; prior is the product's overall rate, worth half a day of that time of day.
 * The count is then negative binomial, its variance widened by the dispersion that was seen. Share: Beta-distributed;
 * prior is the overall share, worth sixty texts; the count of negative texts is beta-binomial.
 */
final class Expectation {
    private static final double PRIOR_DAYS = 0.5;
    private static final double PRIOR_TEXTS = 60;

    /** As if the share were never known better than by so many texts: it drifts. */
    private static final double MOST_SHARE_TEXTS = 200;

    /** The day-to-day change of the rate that no history foresees, as a part of the rate. */
    private static final double UNFORESEEN = 0.2;

    final double volume;
    final double volumeVariance;
    /** Variance of the count, without dispersion. */
    final double modelVariance;

    final double share;
    private final double yes;
    private final double no;

    /** @param windowsPerSlot windows of that time of day in one day */
    Expectation(History history, Sums slot, double windowsPerSlot) {
        double prior = PRIOR_DAYS * windowsPerSlot;
        double overall = (history.all.texts + 0.5) / (history.all.windows + 1);
        double shape = prior * overall + slot.texts;
        volume = shape / (prior + slot.windows);
        modelVariance = volume + volume * volume / shape;
        volumeVariance = history.dispersion * volume + volume * volume * (1 / shape + UNFORESEEN * UNFORESEEN);

        double overallShare = (history.all.negative + 0.5) / (history.all.rated + 1);
        double texts = PRIOR_TEXTS + slot.rated;
        share = (PRIOR_TEXTS * overallShare + slot.negative) / texts;
        double known = Math.min(texts, MOST_SHARE_TEXTS);
        yes = Math.max(1e-6, share * known);
        no = Math.max(1e-6, (1 - share) * known);
    }

    double volumeProbability(Closed window) {
        return Tails.ofCount(window.texts(), volume, volumeVariance);
    }

    double shareProbability(Closed window) {
        return Tails.ofShare(window.negative(), window.rated(), yes, no);
    }

    /** What is learnt of a count at most: three standard deviations. */
    double mostTexts() {
        return volume + 3 * Math.sqrt(volumeVariance);
    }

    /** What is learnt of a share at most. */
    double mostNegative(Closed window) {
        double spread = Math.sqrt(share * (1 - share) * (1.0 / Math.max(1, window.rated()) + 1 / (yes + no + 1)));
        return window.rated() * Math.min(1, share + 3 * spread);
    }
}
