package io.lexstream.model;

/**
 * What a version on trial may cost before a guard ends its trial.
 *
 * @param minResults results that a judgement needs; a guard that counts trips earlier if it would then, too
 * @param maxErrorRatio largest share of results where it fails on a text that the champion can read
 * @param maxLatencyRatio most time for a text, as a multiple of the champions' slowest for the same text
 * @param maxLabelShift largest population stability index of its labels against the champion's on the same texts
 * @param maxDisagreement largest share of results where its label is not the champion's
 */
public record TrialLimits(
        int minResults, double maxErrorRatio, double maxLatencyRatio, double maxLabelShift, double maxDisagreement) {
    public static final TrialLimits DEFAULT = new TrialLimits(200, 0.02, 3.0, 0.25, 0.3);

    public TrialLimits {
        if (minResults < 1) {
            throw new IllegalArgumentException("trial.min.results must be >= 1, got " + minResults);
        }
        requireShare("trial.max.error.ratio", maxErrorRatio);
        requirePositive("trial.max.latency.ratio", maxLatencyRatio);
        requirePositive("trial.max.label.shift", maxLabelShift);
        requireShare("trial.max.disagreement", maxDisagreement);
    }

    private static void requireShare(String setting, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(setting + " must be within 0..1, got " + value);
        }
    }

    private static void requirePositive(String setting, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(setting + " must be > 0, got " + value);
        }
    }
}
