package io.lexstream.feedback;

import java.time.Duration;

/**
 * When a window is unusual.
 *
 * @param window length of the windows that are judged
 * @param warmUp how long a product is watched before
 * @param minTexts fewer texts raise nothing
 * @param raise probability at most which an alert is raised
 * @param clear probability at least which a window is calm; two in a row clear it
 * @param minRatio least multiple of the expected volume
 * @param minShareRise least rise of the negative share over the expected one
 */
public record AlertSettings(
        Duration window,
        Duration warmUp,
        int minTexts,
        double raise,
        double clear,
        double minRatio,
        double minShareRise) {
    public static final AlertSettings DEFAULT =
            new AlertSettings(Duration.ofHours(1), Duration.ofDays(3), 10, 1e-5, 0.05, 2, 0.2);

    public AlertSettings {
        if (window.isZero() || window.isNegative() || warmUp.isNegative()) {
            throw new IllegalArgumentException("window " + window + " must be > 0, warm-up " + warmUp + " >= 0");
        }
        if (minTexts < 1) {
            throw new IllegalArgumentException("alerts.min.texts must be >= 1, got " + minTexts);
        }
        if (!(raise > 0 && raise < clear && clear <= 1)) {
            throw new IllegalArgumentException(
                    "alerts.raise.probability must be below alerts.clear.probability, got " + raise + " and " + clear);
        }
    }
}
