package io.lexstream.processors.feedback;

import java.time.Duration;
import java.util.List;

/**
 * How texts are put into windows.
 *
 * @param sizes ascending; each divides a day
 * @param grace how long after its end a window waits
 * @param duplicates how long after a text its event id is remembered
 * @param update least event time between two records of one open window
 * @param idle wall-clock time after which a silent partition is not waited for
 * @param sampleTexts most texts of a window's sample
 * @param kept windows of each size that are kept
 */
public record WindowSettings(
        List<Duration> sizes,
        Duration grace,
        Duration duplicates,
        Duration update,
        Duration idle,
        int sampleTexts,
        int kept) {
    static final Duration DAY = Duration.ofDays(1);

    public static final WindowSettings DEFAULT = new WindowSettings(
            List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1)),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            200,
            1500);

    public WindowSettings {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("stats.windows names no length");
        }
        for (Duration size : sizes) {
            if (size.toMillis() < 1 || DAY.toMillis() % size.toMillis() != 0) {
                throw new IllegalArgumentException("windows of " + size + " do not divide a day");
            }
        }
        if (idle.toMillis() < 1) {
            throw new IllegalArgumentException("stats.idle must be > 0, got " + idle);
        }
    }
}
