package io.lexstream.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lexstream.feedback.Alarm.Closed;
import io.lexstream.schemas.AlertMeasure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Weeks that were drawn, hour by hour: a day's rhythm, a week without news, and bursts that were planted. */
class WatchdogTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Watchdog watchdog = new Watchdog(AlertSettings.DEFAULT);
    private final Random random = new Random(20260101);

    @Test
    void fourWeeksWithoutNewsOfFiftyProductsGiveNoAlert() {
        List<Alarm> alarms = new ArrayList<>();
        for (int product = 0; product < 50; product++) {
            double rate = Math.exp(random.nextDouble() * 6 - 1); // 0.4 to 150 an hour
            History history = new History();
            for (int hour = 0; hour < 28 * 24; hour++) {
                alarms.addAll(judge(history, hour, drawn(rate * rhythm(hour), 0.3)));
            }
        }

        assertThat(alarms).isEmpty();
    }

    @Test
    void aPlantedBurstIsFoundWithinTwoWindows() {
        int found = 0;
        for (int trial = 0; trial < 100; trial++) {
            double rate = 1 + random.nextInt(20);
            int burst = 5 * 24 + 8 + random.nextInt(12) + 24 * random.nextInt(5);
            History history = past(rate, burst);
            List<Alarm> alarms = new ArrayList<>();
            for (int hour = burst; hour < burst + 2; hour++) {
                Closed usual = drawn(rate * rhythm(hour), 0.3);
                int more = (int) (15 + 3 * rate);
                alarms.addAll(judge(
                        history,
                        hour,
                        new Closed(usual.texts() + more, usual.rated() + more, usual.negative() + more)));
            }
            found += alarms.stream().anyMatch(Alarm::raised) ? 1 : 0;
        }

        assertThat(found).isEqualTo(100);
    }

    @Test
    void worseTextsWithoutMoreOfThemAreAnAlertOfTheShare() {
        History history = past(30, 7 * 24 + 12);

        List<Alarm> alarms = judge(history, 7 * 24 + 12, new Closed(30, 30, 27));

        assertThat(alarms).extracting(Alarm::measure).containsExactly(AlertMeasure.NEGATIVE_SHARE);
        assertThat(alarms.get(0).observed()).isEqualTo(0.9);
        assertThat(alarms.get(0).expected()).isBetween(0.2, 0.4);
    }

    @Test
    void anAlertEndsAfterTwoCalmWindowsAndDoesNotFlicker() {
        History history = past(10, 7 * 24 + 10);
        int hour = 7 * 24 + 10;

        List<Alarm> burst = judge(history, hour, new Closed(90, 90, 30));
        List<Alarm> goesOn = judge(history, hour + 1, new Closed(80, 80, 24));
        List<Alarm> calm = judge(history, hour + 2, new Closed(10, 10, 3));
        List<Alarm> again = judge(history, hour + 3, new Closed(70, 70, 20));
        List<Alarm> calmOnce = judge(history, hour + 4, new Closed(10, 10, 3));
        List<Alarm> calmTwice = judge(history, hour + 5, new Closed(10, 10, 3));

        assertThat(burst).extracting(Alarm::measure, Alarm::raised).containsExactly(tuple(AlertMeasure.VOLUME, true));
        assertThat(List.of(goesOn, calm, again, calmOnce)).allMatch(List::isEmpty);
        assertThat(calmTwice).extracting(Alarm::raised).containsExactly(false);
        assertThat(calmTwice.get(0).since()).isEqualTo(time(hour));
        assertThat(history.isAlerted()).isFalse();
    }

    @Test
    void silenceEndsAnAlert() {
        History history = past(10, 7 * 24 + 10);
        judge(history, 7 * 24 + 10, new Closed(90, 90, 30));

        List<Alarm> alarms = judge(history, 7 * 24 + 13, drawn(8, 0.3));

        assertThat(alarms).extracting(Alarm::raised).containsExactly(false);
        assertThat(alarms.get(0).window()).isEqualTo(time(7 * 24 + 12));
    }

    @Test
    void aBurstTeachesNothing() {
        History history = past(10, 7 * 24 + 10);
        judge(history, 7 * 24 + 10, new Closed(300, 300, 290));
        byte[] learnt = history.toBytes();
        double before = History.of(learnt).all.texts;
        for (int hour = 11; hour < 16; hour++) {
            judge(history, 7 * 24 + hour, new Closed(300, 300, 290));
        }

        assertThat(history.isAlerted()).isTrue();
        assertThat(history.all.texts).isEqualTo(before);
    }

    @Test
    void whatLastsForDaysBecomesTheNorm() {
        History history = past(10, 7 * 24);
        List<Alarm> alarms = new ArrayList<>();
        for (int hour = 7 * 24; hour < 14 * 24; hour++) {
            alarms.addAll(judge(history, hour, drawn(60 * rhythm(hour), 0.3)));
        }

        assertThat(alarms).isNotEmpty();
        assertThat(history.isAlerted()).isFalse();
    }

    @Test
    void nothingIsRaisedInTheWarmUpNorByFewTexts() {
        History young = past(2, 2 * 24);
        History old = past(0.2, 7 * 24);

        assertThat(judge(young, 2 * 24, new Closed(500, 500, 500))).isEmpty();
        assertThat(judge(old, 7 * 24, new Closed(9, 9, 9))).isEmpty();
        assertThat(judge(old, 7 * 24 + 1, new Closed(30, 30, 30))).isNotEmpty();
    }

    @Test
    void theHourOfTheDayIsKnown() {
        History history = new History();
        for (int hour = 0; hour < 10 * 24; hour++) {
            judge(history, hour, drawn(hour % 24 == 12 ? 60 : 2, 0.3));
        }

        assertThat(judge(history, 10 * 24 + 3, new Closed(60, 60, 18)))
                .extracting(Alarm::raised)
                .containsExactly(true);
        History again = new History();
        for (int hour = 0; hour < 10 * 24 + 12; hour++) {
            judge(again, hour, drawn(hour % 24 == 12 ? 60 : 2, 0.3));
        }
        assertThat(judge(again, 10 * 24 + 12, new Closed(60, 60, 18))).isEmpty();
    }

    @Test
    void windowsOfAMinuteAreJudgedTheSameWay() {
        Watchdog minutes =
                new Watchdog(new AlertSettings(Duration.ofMinutes(1), Duration.ofMinutes(10), 10, 1e-5, 0.05, 2, 0.2));
        History history = new History();
        List<Alarm> quiet = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            quiet.addAll(minutes.judge(history, minute * 60_000L, drawn(6, 0.3)));
        }

        List<Alarm> alarms = minutes.judge(history, 60 * 60_000L, new Closed(40, 40, 34));

        assertThat(quiet).isEmpty();
        assertThat(alarms).extracting(Alarm::measure).containsExactly(AlertMeasure.VOLUME, AlertMeasure.NEGATIVE_SHARE);
    }

    @Test
    void aHistoryThatWasStoredGoesOnAsIfItHadNotBeen() {
        History whole = past(10, 5 * 24);
        History stored = History.of(whole.toBytes());
        Closed burst = new Closed(80, 80, 70);

        List<Alarm> alarms = judge(whole, 5 * 24, burst);

        assertThat(judge(stored, 5 * 24, burst)).isEqualTo(alarms).isNotEmpty();
        assertThat(stored.toBytes()).isEqualTo(whole.toBytes());
    }

    @Test
    void aWindowThatWasJudgedIsNotJudgedAgain() {
        History history = past(10, 5 * 24);
        byte[] before = history.toBytes();

        assertThat(judge(history, 5 * 24 - 1, new Closed(500, 500, 500))).isEmpty();
        assertThat(history.toBytes()).isEqualTo(before);
    }

    private History past(double rate, int hours) {
        History history = new History();
        for (int hour = 0; hour < hours; hour++) {
            judge(history, hour, drawn(rate * rhythm(hour), 0.3));
        }
        assertThat(history.isAlerted()).isFalse();
        return history;
    }

    private List<Alarm> judge(History history, int hour, Closed figures) {
        return watchdog.judge(history, time(hour).toEpochMilli(), figures);
    }

    private static Instant time(int hour) {
        return MONDAY.plus(HOUR.multipliedBy(hour));
    }

    /** Nights have a fifth of what noon has. */
    private static double rhythm(int hour) {
        return 0.6 - 0.4 * Math.cos(2 * Math.PI * (hour % 24) / 24);
    }

    private Closed drawn(double mean, double negativeShare) {
        long texts = 0;
        for (double waited = -Math.log(1 - random.nextDouble());
                waited < mean;
                waited -= Math.log(1 - random.nextDouble())) {
            texts++;
        }
        long negative = 0;
        for (long i = 0; i < texts; i++) {
            negative += random.nextDouble() < negativeShare ? 1 : 0;
        }
        return new Closed(texts, texts, negative);
    }
}
