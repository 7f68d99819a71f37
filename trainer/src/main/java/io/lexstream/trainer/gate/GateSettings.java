package io.lexstream.trainer.gate;

/**
 * How good a candidate must be. Differences are candidate minus champion in macro-F1, 0.01 being a point.
 *
 * @param confidence {@code gate.confidence}: how sure the gate must be that no more than the tolerance is lost
 * @param tolerance {@code gate.tolerance}: largest loss over all held-out rows that the confidence must rule out
 * @param trustedTolerance {@code gate.trusted.tolerance}: largest loss measured on the trusted rows
 * @param minTrustedRows {@code gate.min.trusted.rows}: with fewer trusted rows nothing is promoted
 * @param sliceTolerance {@code gate.slice.tolerance}: largest loss of accuracy in a slice
 * @param minSliceRows {@code gate.min.slice.rows}: smaller slices are not judged
 * @param maxCalibrationError {@code gate.max.ece}: largest expected calibration error, beyond what chance explains
 * @param maxBytes {@code gate.max.bytes}: most bytes that publishing the version may send
 * @param maxSlowdown {@code gate.max.slowdown}: most seconds per text, as a multiple of the champion's
 * @param maxInt8Loss {@code gate.int8.max.loss}: most macro-F1 that int8 may lose against fp32
 * @param minInt8Agreement {@code gate.int8.min.agreement}: least share of rows on which int8 says what fp32 says
 * @param resamples {@code gate.resamples}: bootstrap samples
 * @param seed {@code gate.seed}: chooses them
 */
public record GateSettings(
        double confidence,
        double tolerance,
        double trustedTolerance,
        int minTrustedRows,
        double sliceTolerance,
        int minSliceRows,
        double maxCalibrationError,
        long maxBytes,
        double maxSlowdown,
        double maxInt8Loss,
        double minInt8Agreement,
        int resamples,
        long seed) {
    public static final GateSettings DEFAULT =
            new GateSettings(0.95, 0.02, 0.01, 20, 0.05, 30, 0.10, 256L << 20, 1.5, 0.005, 0.97, 2000, 1);

    public GateSettings {
        requireShare("gate.confidence", confidence);
        requireShare("gate.tolerance", tolerance);
        requireShare("gate.trusted.tolerance", trustedTolerance);
        requireShare("gate.slice.tolerance", sliceTolerance);
        requireShare("gate.max.ece", maxCalibrationError);
        requireShare("gate.int8.max.loss", maxInt8Loss);
        requireShare("gate.int8.min.agreement", minInt8Agreement);
        requireAtLeast("gate.min.trusted.rows", minTrustedRows, 1);
        requireAtLeast("gate.min.slice.rows", minSliceRows, 1);
        requireAtLeast("gate.max.bytes", (double) maxBytes, 1);
        requireAtLeast("gate.max.slowdown", maxSlowdown, 1);
        requireAtLeast("gate.resamples", resamples, 100);
    }

    private static void requireShare(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " must be between 0 and 1, got " + value);
        }
    }

    private static void requireAtLeast(String key, double value, int least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException(key + " must be >= " + least + ", got " + value);
        }
    }
}
