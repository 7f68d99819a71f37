package io.lexstream.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lexstream.feedback.Alarm.Closed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Alerts on two weeks of texts with gold labels, in windows of an hour. The data is not in the repository: the variable
 * {@code FEEDBACK_STREAM} names its file, {@code stream.jsonl.gz}; without it these tests count as skipped.
 */
@Tag("data")
class FeedbackStreamIT {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Instant BURST = Instant.parse("2026-01-15T12:00:00Z");

    /** In these days the stream has a burst of its own: an airline's cancelled flights. */
    private static final Set<String> BURST_OF_ITS_OWN = Set.of("American");

    private final Map<String, SortedMap<Long, Closed>> windows = new TreeMap<>();

    @BeforeEach
    void readTheStream() throws IOException {
        String file = System.getenv().getOrDefault("FEEDBACK_STREAM", "");
        assumeTrue(!file.isEmpty() && Files.isReadable(Path.of(file)), "FEEDBACK_STREAM names no file");
        Set<String> seen = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(file))), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = json.readTree(line);
                JsonNode gold = row.get("gold");
                if (seen.add(row.get("id").asText()) && !gold.get("spam").asBoolean()) {
                    String product = row.get("product").isNull()
                            ? ""
                            : row.get("product").asText();
                    String sentiment = gold.get("sentiment").asText();
                    boolean rated = !gold.get("sentiment").isNull();
                    add(product, Instant.parse(row.get("ts").asText()), rated, sentiment.equals("negative"));
                }
            }
        }
    }

    @Test
    void twoWeeksRaiseNoAlertButForTheBurstThatIsInThem() {
        List<String> alerted = new ArrayList<>();
        windows.forEach((product, figures) ->
                alarms(figures).stream().filter(Alarm::raised).forEach(alarm -> alerted.add(product)));

        assertThat(alerted).isNotEmpty().allMatch(BURST_OF_ITS_OWN::contains);
    }

    @Test
    void aPlantedBurstIsFoundWithinTwoWindows() {
        int products = 0;
        int found = 0;
        for (SortedMap<Long, Closed> figures : windows.values()) {
            long texts = figures.values().stream().mapToLong(Closed::texts).sum();
            if (texts < 40) {
                continue;
            }
            products++;
            plant(figures, BURST, 30);
            plant(figures, BURST.plusMillis(HOUR), 30);
            found += alarms(figures).stream()
                            .filter(Alarm::raised)
                            .anyMatch(alarm -> !alarm.window().isBefore(BURST)
                                    && !alarm.window().isAfter(BURST.plusMillis(HOUR)))
                    ? 1
                    : 0;
        }

        assertThat(products).isGreaterThan(20);
        assertThat(found).isEqualTo(products);
    }

    private static List<Alarm> alarms(SortedMap<Long, Closed> figures) {
        Watchdog watchdog = new Watchdog(AlertSettings.DEFAULT);
        History history = new History();
        List<Alarm> alarms = new ArrayList<>();
        figures.forEach((start, closed) -> alarms.addAll(watchdog.judge(history, start, closed)));
        return alarms;
    }

    private void add(String product, Instant time, boolean rated, boolean negative) {
        long start = time.toEpochMilli() / HOUR * HOUR;
        windows.computeIfAbsent(product, any -> new TreeMap<>())
                .merge(start, new Closed(1, rated ? 1 : 0, negative ? 1 : 0), FeedbackStreamIT::sum);
    }

    private static void plant(SortedMap<Long, Closed> figures, Instant time, int texts) {
        figures.merge(time.toEpochMilli(), new Closed(texts, texts, texts), FeedbackStreamIT::sum);
    }

    private static Closed sum(Closed one, Closed other) {
        return new Closed(one.texts() + other.texts(), one.rated() + other.rated(), one.negative() + other.negative());
    }
}
