package io.lexstream.settings;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the feedback pipeline's windows and alerts. */
final class FeedbackDefinition {
    private FeedbackDefinition() {}

    static void addTo(SettingsDefinition settings) {
        settings.group("Feedback: windows of time");
        windows(settings);
        settings.group("Feedback: alerts");
        alerts(settings);
    }

    private static void windows(SettingsDefinition settings) {
        settings.list(
                "stats.windows",
                List.of("1m", "1h", "1d"),
                LambdaValidator.with(FeedbackDefinition::checkWindows, () -> "lengths that divide a day, ascending"),
                "Lengths of the windows that texts are counted in, by their event time.");
        settings.time(
                "stats.grace",
                "10m",
                "How long after its end a window waits for texts that come late; those that come later are counted as"
                        + " late.");
        settings.time(
                "stats.update",
                "5s",
                "Least event time between two records of one open window on feedback.stats; the final record comes"
                        + " besides.");
        settings.time(
                "stats.idle",
                "1m",
                "A partition of feedback.analysis that has brought nothing for so long (by the clock on the wall) is not"
                        + " waited for when windows are closed.");
        settings.number(
                "stats.sample.texts",
                200,
                Range.between(10, 1_000),
                "Most texts of a window that its themes and rising terms are looked for in: a fair sample of all.");
        settings.number(
                "stats.windows.kept",
                1_500,
                Range.between(10, 1_000_000),
                "Windows of each length that are kept for queries, back from the latest.");
        settings.time(
                "pipeline.duplicates.window",
                "1h",
                "How long after a text its event id is remembered: a redelivered text counts once.");
        settings.number(
                "standby.replicas",
                0,
                Range.between(0, 10),
                "Copies of the state that other instances keep, to take over without restoring it.");
    }

    private static void alerts(SettingsDefinition settings) {
        settings.time("alerts.window", "1h", "Length of the windows that are judged; one of stats.windows.");
        settings.time(
                "alerts.warmup",
                "3d",
                "Event time that a product is watched before it is judged: there is no norm yet.");
        settings.number(
                "alerts.min.texts", 10, Range.atLeast(1), "Fewer texts in a window, spam left out, raise no alert.");
        settings.decimal(
                "alerts.raise.probability",
                1e-5,
                Range.between(1e-12, 0.1),
                "An alert is raised by a window that has at most this probability, if nothing has changed ...");
        settings.decimal(
                "alerts.clear.probability",
                0.05,
                Range.between(1e-12, 1),
                "... and cleared by two windows in a row of at least this one.");
        settings.decimal(
                "alerts.min.ratio",
                2,
                Range.atLeast(1),
                "Nor is it raised unless there are so many times the texts expected ...");
        settings.decimal(
                "alerts.min.share.rise",
                0.2,
                Range.between(0, 1),
                "... or, for the negative share, it is so much above the one expected.");
    }

    private static void checkWindows(String name, Object value) {
        Duration before = Duration.ZERO;
        for (Object each : (List<?>) value) {
            Duration length = Times.parse(name, each.toString());
            boolean divides = !length.isZero() && Duration.ofDays(1).toMillis() % length.toMillis() == 0;
            if (!divides || length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(before) <= 0) {
                throw new ConfigException(
                        name, value, "name lengths of a second to a day, ascending, of which whole numbers make a day");
            }
            before = length;
        }
        if (before.isZero()) {
            throw new ConfigException(name, value, "name at least one length");
        }
    }
}
