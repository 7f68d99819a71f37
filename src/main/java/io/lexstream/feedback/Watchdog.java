package io.lexstream.feedback;

import io.lexstream.feedback.Alarm.Closed;
import io.lexstream.feedback.History.Sums;
import io.lexstream.feedback.History.Switch;
import io.lexstream.schemas.AlertMeasure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether a product's window is unlike its own history at that time of day. A function of the sequence of closed
 * windows and of nothing else, so that the same windows give the same alerts.
 *
 * <p>Method: conjugate count models whose past fades by a discount factor (West and Harrison 1997, Bayesian Forecasting
 * and Dynamic Models, ch. 6 and 10), a quasi-Poisson dispersion, and a past that outbreaks do not teach, as in
 * Farrington et al. 1996 and Noufaily et al. 2013. See docs/decisions/013-alerts.md.
 */
public final class Watchdog {
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** What is left of a day's weight on the next one: six or seven days count. */
    private static final double FADE = 0.85;

    private static final int CALM_WINDOWS = 2;

    /** After a longer silence nothing of the past is worth remembering. */
    private static final long LONGEST_SILENCE = 14 * DAY;

    private static final double DISPERSION_RATE = 0.02;
    private static final double MOST_DISPERSION = 20;
    private static final double MOST_SQUARE = 9;

    private final AlertSettings settings;
    private final long window;
    private final int slots;

    public Watchdog(AlertSettings settings) {
        this.settings = settings;
        this.window = settings.window().toMillis();
        this.slots = (int) Math.max(1, Math.min(History.SLOTS, DAY / window));
    }

    /** The start of the window after the last judged; only of a history that has one. */
    public long next(History history) {
        return history.last + window;
    }

    /**
     * Judges the window that begins at {@code start}, and those before it that had no text. Windows come in order; one
     * that is not later than the last says nothing new.
     */
    public List<Alarm> judge(History history, long start, Closed figures) {
        List<Alarm> alarms = new ArrayList<>();
        if (!history.isEmpty() && start <= history.last) {
            return alarms;
        }
        if (!history.isEmpty()) {
            boolean forget = start - history.last > LONGEST_SILENCE;
            long silent = (start - history.last) / window - 1;
            for (long i = 0; i < (forget ? Math.min(silent, CALM_WINDOWS) : silent); i++) {
                step(history, next(history), Closed.SILENT, alarms);
            }
            if (forget) {
                forget(history);
            }
        }
        step(history, start, figures, alarms);
        return alarms;
    }

    private static void forget(History history) {
        for (Sums slot : history.slots) {
            slot.fade(0);
        }
        history.all.fade(0);
        history.first = -1;
        history.last = -1;
    }

    private void step(History history, long start, Closed figures, List<Alarm> alarms) {
        if (history.first < 0) {
            history.first = start;
        }
        Sums slot = history.slots[(int) (Math.floorMod(start, DAY) * slots / DAY)];
        Expectation expected = new Expectation(history, slot, windowsPerSlot());
        boolean warm = start - history.first >= settings.warmUp().toMillis();
        if (warm) {
            judgeVolume(history.volume, start, figures, expected, alarms);
            judgeShare(history.share, start, figures, expected, alarms);
        }
        if (!history.isAlerted()) {
            learn(history, slot, figures, expected, warm);
        } else if (start - history.alertedSince() >= DAY) {
            learn(history, slot, figures, expected, false); // what lasts a day is how things are now
        }
        history.last = start;
    }

    private double windowsPerSlot() {
        return Math.max(1, (double) DAY / window / slots);
    }

    private void judgeVolume(Switch alert, long start, Closed figures, Expectation expected, List<Alarm> alarms) {
        double probability = figures.texts() < settings.minTexts() ? 1 : expected.volumeProbability(figures);
        boolean raises = probability <= settings.raise() && figures.texts() >= settings.minRatio() * expected.volume;
        turn(
                alert,
                raises,
                new Alarm(
                        AlertMeasure.VOLUME,
                        raises,
                        Instant.ofEpochMilli(alert.isOn() ? alert.since : start),
                        Instant.ofEpochMilli(start),
                        figures,
                        (double) figures.texts(),
                        expected.volume,
                        probability),
                alarms);
    }

    private void judgeShare(Switch alert, long start, Closed figures, Expectation expected, List<Alarm> alarms) {
        double probability = figures.rated() < settings.minTexts() ? 1 : expected.shareProbability(figures);
        boolean raises =
                probability <= settings.raise() && figures.negativeShare() >= expected.share + settings.minShareRise();
        turn(
                alert,
                raises,
                new Alarm(
                        AlertMeasure.NEGATIVE_SHARE,
                        raises,
                        Instant.ofEpochMilli(alert.isOn() ? alert.since : start),
                        Instant.ofEpochMilli(start),
                        figures,
                        figures.negativeShare(),
                        expected.share,
                        probability),
                alarms);
    }

    /** Off: raised by one window. On: cleared by calm ones in a row. */
    private void turn(Switch alert, boolean raises, Alarm alarm, List<Alarm> alarms) {
        if (!alert.isOn()) {
            if (raises) {
                alert.since = alarm.window().toEpochMilli();
                alert.calm = 0;
                alarms.add(alarm);
            }
            return;
        }
        alert.calm = alarm.probability() >= settings.clear() ? alert.calm + 1 : 0;
        if (alert.calm >= CALM_WINDOWS) {
            alert.since = -1;
            alarms.add(alarm);
        }
    }

    /** @param robust whether what is unusual, though no alert, counts as the most that is usual */
    private void learn(History history, Sums slot, Closed figures, Expectation expected, boolean robust) {
        double mostTexts = robust ? expected.mostTexts() : Double.MAX_VALUE;
        double mostNegative = robust ? expected.mostNegative(figures) : Double.MAX_VALUE;
        double texts = Math.min((double) figures.texts(), mostTexts);
        double negative = Math.min((double) figures.negative(), mostNegative);
        double error = texts - expected.volume;
        double square = Math.min(MOST_SQUARE, error * error / expected.modelVariance);
        if (expected.volume >= 0.5) {
            history.dispersion += DISPERSION_RATE * (square - history.dispersion);
            history.dispersion = Math.max(1, Math.min(MOST_DISPERSION, history.dispersion));
        }
        slot.fade(Math.pow(FADE, 1 / windowsPerSlot()));
        slot.add(texts, (double) figures.rated(), negative);
        history.all.fade(Math.pow(FADE, Math.min(1, (double) window / DAY)));
        history.all.add(texts, (double) figures.rated(), negative);
    }
}
