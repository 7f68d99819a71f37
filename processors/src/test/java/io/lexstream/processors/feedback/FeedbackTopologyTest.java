package io.lexstream.processors.feedback;

import static io.lexstream.processors.feedback.WindowsUnderTest.START;
import static io.lexstream.processors.feedback.WindowsUnderTest.analysis;
import static io.lexstream.processors.feedback.WindowsUnderTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.feedback.AlertSettings;
import io.lexstream.feedback.Message;
import io.lexstream.schemas.AlertMeasure;
import io.lexstream.schemas.AlertQuote;
import io.lexstream.schemas.AlertState;
import io.lexstream.schemas.FeedbackAlert;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.FeedbackStats;
import io.lexstream.schemas.StatsScope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows and alerts, seen from the topics. */
class FeedbackTopologyTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final List<WindowsUnderTest> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(WindowsUnderTest::close);
    }

    @Test
    void textsAreCountedByProductAndByProductAndSource() throws Exception {
        WindowsUnderTest under = open(1);

        under.send(analysis("1", "mug", "shop", START, "negative"));
        under.send(analysis("2", "mug", "app", START.plusSeconds(59), "positive"));
        under.send(analysis("3", "cup", "app", START.plusSeconds(61), "positive"));
        pass(under, START.plus(Duration.ofMinutes(12)));

        Map<String, FeedbackStats> stats = under.lastStats();
        FeedbackStats mug = window(stats, "mug/product/PT1M/2026-03-02T00:00:00Z");
        assertThat(mug.getClosed()).isTrue();
        assertThat(mug.getTexts()).isEqualTo(2);
        assertThat(mug.getSentiments()).containsOnly(Map.entry("negative", 1L), Map.entry("positive", 1L));
        assertThat(mug.getNegativeShare()).isEqualTo(0.5);
        assertThat(mug.getScope()).isEqualTo(StatsScope.PRODUCT);
        assertThat(mug.getAsOf()).isEqualTo(START.plus(Duration.ofMinutes(11)));
        assertThat(mug.getThemes()).isNotEmpty();
        FeedbackStats ofApp = window(stats, "mug/source:app/PT1M/2026-03-02T00:00:00Z");
        assertThat(ofApp.getTexts()).isEqualTo(1);
        assertThat(ofApp.getSource()).isEqualTo("app");
        assertThat(window(stats, "cup/product/PT1M/2026-03-02T00:01:00Z").getTexts())
                .isEqualTo(1);
        FeedbackStats hour = window(stats, "mug/product/PT1H/2026-03-02T00:00:00Z");
        assertThat(hour.getClosed()).isFalse();
        assertThat(hour.getTexts()).isEqualTo(2);
    }

    @Test
    void onDiskItIsTheSame() throws Exception {
        WindowsUnderTest memory = open(1, AlertSettings.DEFAULT, 10);
        WindowsUnderTest disk = open(1, AlertSettings.DEFAULT, 10, new FeedbackStores(Stores::persistentKeyValueStore));

        for (WindowsUnderTest under : List.of(memory, disk)) {
            for (int i = 0; i < 15; i++) {
                under.send(analysis("e" + i, "mug", "shop", START.plusSeconds(i), "positive"));
            }
            under.send(analysis("pass", "clock", "", START.plus(Duration.ofMinutes(20)), ""));
        }

        assertThat(disk.stats()).isEqualTo(memory.stats()).anyMatch(FeedbackStats::getClosed);
    }

    @Test
    void aRedeliveredTextCountsOnce() throws Exception {
        WindowsUnderTest under = open(1);

        under.send(analysis("1", "mug", "shop", START, "negative"));
        under.send(analysis("1", "mug", "shop", START, "negative"));
        under.send(analysis("2", "mug", "shop", START.plusSeconds(400), "negative"));
        under.send(analysis("1", "mug", "shop", START, "negative"));
        pass(under, START.plus(Duration.ofHours(2)));

        FeedbackStats stats = window(under.lastStats(), "mug/product/PT1H/2026-03-02T00:00:00Z");
        assertThat(stats.getTexts()).isEqualTo(2);
        assertThat(stats.getDuplicates()).isEqualTo(2);
        assertThat(under.texts("duplicate")).isEqualTo(2);
    }

    @Test
    void idsAreForgottenInTheEnd() throws Exception {
        WindowsUnderTest under = open(1);
        under.send(analysis("1", "mug", "shop", START, "negative"));
        assertThat(under.size(FeedbackStores.SEEN)).isEqualTo(1);

        pass(under, START.plus(Duration.ofHours(3)));

        assertThat(under.size(FeedbackStores.SEEN)).isEqualTo(1); // the one that passed the time
    }

    @Test
    void aLateTextCountsInItsOwnWindowUntilTheGraceEndsThenAsLate() throws Exception {
        WindowsUnderTest under = open(1);

        under.send(analysis("1", "mug", "shop", START.plus(Duration.ofMinutes(9)), "positive"));
        under.send(analysis("2", "mug", "shop", START.plusSeconds(5), "negative")); // 9 minutes late: in time
        under.send(analysis("3", "mug", "shop", START.plus(Duration.ofMinutes(12)), "positive"));
        under.send(analysis("4", "mug", "shop", START.plusSeconds(6), "negative")); // too late for its minute
        pass(under, START.plus(Duration.ofMinutes(90)));

        Map<String, FeedbackStats> stats = under.lastStats();
        assertThat(window(stats, "mug/product/PT1M/2026-03-02T00:00:00Z").getTexts())
                .isEqualTo(1);
        FeedbackStats arrival = window(stats, "mug/product/PT1M/2026-03-02T00:12:00Z");
        assertThat(arrival.getTexts()).isEqualTo(1);
        assertThat(arrival.getLate()).isEqualTo(1);
        FeedbackStats hour = window(stats, "mug/product/PT1H/2026-03-02T00:00:00Z");
        assertThat(hour.getTexts()).isEqualTo(4);
        assertThat(hour.getLate()).isZero();
        assertThat(under.texts("late")).isEqualTo(1);
    }

    @Test
    void anOpenWindowIsWrittenAtMostEveryFiveSecondsOfEventTime() throws Exception {
        WindowsUnderTest under = open(1);

        for (int i = 0; i < 300; i++) {
            under.send(analysis("e" + i, "mug", "shop", START.plusMillis(100L * i), "positive"));
        }

        List<FeedbackStats> minutes = under.stats().stream()
                .filter(stats -> stats.getScope() == StatsScope.PRODUCT
                        && stats.getWindowEnd().equals(START.plus(MINUTE)))
                .toList();
        assertThat(minutes).hasSizeBetween(4, 6).noneMatch(FeedbackStats::getClosed);
        assertThat(minutes.get(0).getDetailed()).isTrue();
        assertThat(minutes.get(1).getDetailed()).isFalse();
        assertThat(minutes.get(1).getThemes()).isEqualTo(minutes.get(0).getThemes());
    }

    @Test
    void noWindowIsClosedBeforeAllPartitionsArePastIt() throws Exception {
        WindowsUnderTest under = open(2);

        under.send(stamp(0, -1, message("1", "mug", START, "negative")));
        under.send(time(0, START.plus(Duration.ofDays(1))));
        assertThat(under.stats()).noneMatch(FeedbackStats::getClosed);
        under.send(stamp(1, -1, message("2", "mug", START.plusSeconds(1), "negative")));
        assertThat(under.stats()).noneMatch(FeedbackStats::getClosed);
        under.send(time(1, START.plus(Duration.ofMinutes(20))));

        assertThat(under.stats().stream().filter(FeedbackStats::getClosed))
                .hasSize(2) // product, product and source
                .allMatch(stats -> stats.getTexts() == 2);
    }

    @Test
    void anIdlePartitionIsNotWaitedForAndItsTextsCorrectWhatWasClosed() throws Exception {
        WindowsUnderTest under = open(2);
        under.send(new Stamp(1, -1, -1, true, Optional.empty()));
        under.send(stamp(0, -1, message("1", "mug", START, "negative")));
        under.send(time(0, START.plus(Duration.ofMinutes(20))));
        assertThat(under.stats().stream().filter(FeedbackStats::getClosed)).hasSize(2);

        under.send(stamp(1, -1, message("2", "mug", START.plusSeconds(1), "negative")));

        FeedbackStats corrected = window(under.lastStats(), "mug/product/PT1M/2026-03-02T00:00:00Z");
        assertThat(corrected.getClosed()).isTrue();
        assertThat(corrected.getTexts()).isEqualTo(2);
    }

    @Test
    void aPartitionThatBringsNothingIsAnnouncedAsIdleOnce() throws Exception {
        WindowsUnderTest under = open(2);
        under.send(time(1, START.plus(Duration.ofDays(2)))); // one is far ahead
        under.send(analysis("1", "mug", "shop", START, "negative"));
        assertThat(under.stats()).noneMatch(FeedbackStats::getClosed);

        under.elapse(Duration.ofMinutes(3));
        under.elapse(Duration.ofMinutes(3));

        assertThat(under.stats().stream().filter(FeedbackStats::getClosed)).hasSize(6);
    }

    @Test
    void theSameInputInAnotherInterleavingOfPartitionsGivesTheSameFinalFiguresAndAlerts() throws Exception {
        List<List<Stamp>> partitions = fiveDaysIn(3);
        Outcome together = outcome(interleaved(partitions, new Random(1)));

        Outcome otherwise = outcome(interleaved(partitions, new Random(2)));
        List<Stamp> oneAfterAnother = new ArrayList<>();
        partitions.forEach(oneAfterAnother::addAll);
        Outcome apart = outcome(oneAfterAnother);

        assertThat(together.closed()).hasSizeGreaterThan(500);
        assertThat(together.alerts()).isNotEmpty();
        assertThat(otherwise).isEqualTo(together);
        assertThat(apart).isEqualTo(together);
    }

    @Test
    void aBurstRaisesAnAlertWithItsQuotesAndItsEndClearsIt() throws Exception {
        WindowsUnderTest under =
                open(1, new AlertSettings(MINUTE, Duration.ofMinutes(20), 10, 1e-5, 0.05, 2, 0.2), 200);
        for (int minute = 0; minute < 60; minute++) {
            for (int i = 0; i < 4; i++) {
                String sentiment = i == 0 ? "negative" : "positive";
                under.send(analysis(minute + "-" + i, "mug", "shop", at(minute, i), sentiment));
            }
        }
        for (int i = 0; i < 30; i++) {
            under.send(analysis("burst-" + i, "mug", "shop", at(60, i), "negative"));
        }
        pass(under, at(61 + 10, 0));

        List<FeedbackAlert> raised = under.alerts();
        assertThat(raised).extracting(FeedbackAlert::getState).containsOnly(AlertState.RAISED);
        assertThat(raised)
                .extracting(FeedbackAlert::getMeasure)
                .containsExactly(AlertMeasure.VOLUME, AlertMeasure.NEGATIVE_SHARE);
        assertThat(raised.get(1).getWindowStart()).isEqualTo(at(60, 0));
        assertThat(raised.get(1).getNegative()).isEqualTo(30);
        assertThat(raised.get(1).getQuotes())
                .isNotEmpty()
                .extracting(AlertQuote::getEventId)
                .allMatch(id -> id.startsWith("burst-"));
        assertThat(raised.get(1).getLink()).isEqualTo("/products/mug?window=PT1M&at=2026-03-02T01:00:00Z");

        pass(under, at(64 + 10, 0)); // nobody says anything more about the mug

        assertThat(under.alerts())
                .extracting(FeedbackAlert::getState)
                .containsExactly(AlertState.CLEARED, AlertState.CLEARED);
    }

    @Test
    void aWindowOfManyTextsKeepsABoundedSample() throws Exception {
        WindowsUnderTest under = open(1, AlertSettings.DEFAULT, 20);

        for (int i = 0; i < 200; i++) {
            under.send(analysis("e" + i, "mug", "shop", START.plusMillis(i), "positive"));
        }

        assertThat(under.size(FeedbackStores.SAMPLES)).isEqualTo(20 * 3 * 2); // three lengths, two scopes
        pass(under, START.plus(Duration.ofHours(3)));
        FeedbackStats hour = window(under.lastStats(), "mug/product/PT1H/2026-03-02T00:00:00Z");
        assertThat(hour.getTexts()).isEqualTo(200);
        assertThat(hour.getSampled()).isEqualTo(20);
    }

    @Test
    void whatIsOldIsDropped() throws Exception {
        WindowsUnderTest under = open(1);
        under.send(analysis("1", "mug", "shop", START, "positive"));

        pass(under, START.plus(Duration.ofDays(5)));
        pass(under, START.plus(Duration.ofDays(10)));

        // Of the mug an hour and a day remain, of what passes the time the same and the newest minutes.
        assertThat(under.lastStats().keySet()).anyMatch(key -> key.startsWith("mug/product/PT1M"));
        assertThat(windowsOf(under, "mug")).isEqualTo(4);
    }

    @Test
    void whatCannotBeReadIsCountedAndStopsNothing() throws Exception {
        WindowsUnderTest under = open(1);

        under.sendBytes(new byte[] {1, 2, 3});
        under.send(analysis("1", "mug", "shop", START, "positive"));

        assertThat(under.texts("undecodable")).isEqualTo(1);
        assertThat(under.texts("counted")).isEqualTo(1);
    }

    @Test
    void termsRiseAgainstTheDayBefore() throws Exception {
        WindowsUnderTest under = open(1);
        for (int i = 0; i < 40; i++) {
            under.send(said("a" + i, START.plusSeconds(i), "Keeps coffee warm"));
        }
        for (int i = 0; i < 40; i++) {
            String words = i < 15 ? "Handle fell off" : "Keeps coffee warm";
            under.send(said("b" + i, START.plus(Duration.ofDays(1)).plusSeconds(i), words));
        }
        pass(under, START.plus(Duration.ofDays(3)));

        Map<String, FeedbackStats> stats = under.lastStats();
        assertThat(window(stats, "mug/product/PT24H/2026-03-02T00:00:00Z").getRisingTerms())
                .isEmpty();
        assertThat(window(stats, "mug/product/PT24H/2026-03-03T00:00:00Z")
                        .getRisingTerms()
                        .get(0)
                        .getTerm())
                .contains("handle fell");
        assertThat(window(stats, "mug/product/PT1H/2026-03-03T00:00:00Z").getRisingTerms())
                .isNotEmpty();
    }

    private static FeedbackStats window(Map<String, FeedbackStats> stats, String key) {
        return Objects.requireNonNull(stats.get(key), key);
    }

    private static long windowsOf(WindowsUnderTest under, String product) {
        return under.keys(FeedbackStores.WINDOWS).stream()
                .filter(key -> WindowKey.of(key).product().equals(product))
                .count();
    }

    private static FeedbackAnalysis said(String id, Instant time, String words) {
        var analysis = analysis(id, "mug", "shop", time, "neutral");
        analysis.setText(words);
        return analysis;
    }

    /** Closed windows and alerts. */
    private record Outcome(Map<String, FeedbackStats> closed, List<FeedbackAlert> alerts) {}

    private Outcome outcome(List<Stamp> stamps) throws IOException {
        WindowsUnderTest under =
                open(3, new AlertSettings(Duration.ofHours(1), Duration.ofDays(2), 10, 1e-5, 0.05, 2, 0.2), 15);
        for (Stamp stamp : stamps) {
            under.send(stamp);
        }
        for (int i = 0; i < 400; i++) { // a jump of time is worked off bit by bit
            under.elapse(Duration.ofMillis(100));
        }
        Map<String, FeedbackStats> closed = new TreeMap<>();
        under.lastStats().forEach((key, stats) -> {
            if (stats.getClosed()) {
                closed.put(key, stats);
            }
        });
        return new Outcome(closed, under.alerts());
    }

    /** Five days of two products with late texts, redeliveries and a burst, as each of the partitions stamps them. */
    private static List<List<Stamp>> fiveDaysIn(int partitions) {
        Random random = new Random(5);
        List<List<Message>> sent = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            sent.add(new ArrayList<>());
        }
        for (int hour = 0; hour < 5 * 24; hour++) {
            int texts = hour == 90 ? 40 : 3;
            for (int i = 0; i < texts; i++) {
                Instant time = START.plus(Duration.ofHours(hour)).plusSeconds(random.nextInt(3600));
                boolean late = random.nextInt(20) == 0;
                String sentiment = hour == 90 || random.nextInt(4) == 0 ? "negative" : "positive";
                Message message = message(
                        hour + "-" + i,
                        random.nextInt(5) == 0 ? "cup" : "mug",
                        late ? time.minus(Duration.ofMinutes(random.nextInt(180))) : time,
                        sentiment);
                List<Message> partition = sent.get(random.nextInt(partitions));
                partition.add(message);
                if (random.nextInt(30) == 0) {
                    partition.add(message);
                }
            }
        }
        List<List<Stamp>> stamps = new ArrayList<>();
        for (int channel = 0; channel < partitions; channel++) {
            List<Stamp> stamped = new ArrayList<>();
            long before = -1;
            for (Message message : sent.get(channel)) {
                if (message.time().isBefore(START)) {
                    continue;
                }
                Stamp stamp = stamp(channel, before, message);
                stamped.add(stamp);
                before = stamp.after();
            }
            stamped.add(time(channel, START.plus(Duration.ofDays(9))));
            stamps.add(stamped);
        }
        return stamps;
    }

    /** Each partition in its own order, the partitions in any. */
    private static List<Stamp> interleaved(List<List<Stamp>> partitions, Random random) {
        List<Stamp> all = new ArrayList<>();
        int[] next = new int[partitions.size()];
        int total = partitions.stream().mapToInt(List::size).sum();
        while (all.size() < total) {
            int partition = random.nextInt(partitions.size());
            if (next[partition] < partitions.get(partition).size()) {
                all.add(partitions.get(partition).get(next[partition]++));
            }
        }
        return all;
    }

    private static Stamp stamp(int channel, long before, Message message) {
        long after = Math.max(before, message.time().toEpochMilli());
        return new Stamp(channel, before, after, false, Optional.of(message));
    }

    private static Stamp time(int channel, Instant time) {
        return new Stamp(channel, time.toEpochMilli(), time.toEpochMilli(), false, Optional.empty());
    }

    private static Instant at(int minute, int second) {
        return START.plusSeconds(60L * minute + second);
    }

    /** Another product's text, so that event time goes on. */
    private static void pass(WindowsUnderTest under, Instant time) {
        under.send(analysis("pass-" + time, "clock", "", time, ""));
        for (int i = 0; i < 50; i++) {
            under.elapse(Duration.ofMillis(100));
        }
    }

    private WindowsUnderTest open(int channels) throws IOException {
        return open(channels, AlertSettings.DEFAULT, 200);
    }

    private WindowsUnderTest open(int channels, AlertSettings alerts, int sampleTexts) throws IOException {
        return open(channels, alerts, sampleTexts, new FeedbackStores(Stores::inMemoryKeyValueStore));
    }

    /** RocksDB costs a tenth of a second a record here, as the driver commits each. */
    private WindowsUnderTest open(int channels, AlertSettings alerts, int sampleTexts, FeedbackStores stores)
            throws IOException {
        Path state = folder.resolve(String.valueOf(opened.size()));
        WindowsUnderTest under = new WindowsUnderTest(state, channels, alerts, sampleTexts, stores);
        opened.add(under);
        return under;
    }
}
