package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.FeedbackStats;
import io.lexstream.schemas.StageOutcome;
import io.lexstream.schemas.StageResult;
import io.lexstream.schemas.StatsScope;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TextEvent;
import io.lexstream.trainer.LabeledText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline with the starter models, from events to analyses, across a restart in the middle. */
class FeedbackPipelineIT {
    private static final int EVENTS = 600;
    private static final int LONG = 200;
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    /** An event a second, and whole minutes that all partitions are past by the last ones. */
    private static final Duration CLOSED = Duration.ofMinutes(8);

    private static final String STAGES = """
            spam
            sentiment if not spam
            summary   if not spam and longer than 200 characters
            """;

    @Test
    void everyEventBecomesOneAnalysisAcrossARestart(@TempDir Path directory) throws Exception {
        Path stages = Files.writeString(directory.resolve("stages.txt"), STAGES);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(
                        directory,
                        kafka.bootstrapServers(),
                        1,
                        Map.of(
                                "tasks",
                                "sentiment,spam,summary",
                                "pipeline.stages",
                                stages.toString(),
                                "language.expected",
                                "en,de,fr,es",
                                "stats.grace",
                                "10s"));
                Committed<FeedbackAnalysis> analyses = Committed.of(
                        stack.clientConfig(),
                        AvroSerde.forValues(FeedbackAnalysis.class, stack.clientConfig())
                                .deserializer(),
                        stack.topics().feedbackAnalysis())) {
            Map<String, String> texts = texts();
            send(stack, texts);
            int before = analyses.await(EVENTS / 10).size();

            stack.restartProcessing();

            analyses.await(EVENTS);
            List<FeedbackAnalysis> all = analyses.settle(Duration.ofSeconds(2)).stream()
                    .map(ConsumerRecord::value)
                    .toList();
            assertThat(before).as("analyses at the restart").isLessThan(EVENTS);
            assertThat(all)
                    .extracting(FeedbackAnalysis::getEventId)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(texts.keySet());
            all.forEach(analysis -> check(analysis, texts));
            assertThat(all)
                    .filteredOn(analysis -> !analysis.getSummary().isEmpty())
                    .isNotEmpty();
            assertThat(all).filteredOn(FeedbackAnalysis::getSpam).hasSizeLessThan(EVENTS / 4);
            assertThat(all)
                    .filteredOn(analysis -> analysis.getLanguage().equals("en"))
                    .hasSizeBetween(EVENTS / 3, EVENTS * 2 / 3);
            assertTaskTopics(stack, all);
            assertStats(stack, all);
            assertThat(stack.processing().failure()).isNotDone();
        }
    }

    private static void check(FeedbackAnalysis analysis, Map<String, String> texts) {
        assertThat(analysis.getText()).isEqualTo(texts.get(analysis.getEventId()));
        assertThat(analysis.getProduct()).isEqualTo(product(analysis.getEventId()));
        assertThat(analysis.getStages())
                .extracting(StageResult::getStage)
                .containsExactly("spam", "sentiment", "summary");
        assertThat(stage(analysis, "spam").getOutcome()).isEqualTo(StageOutcome.DONE);
        StageResult sentiment = stage(analysis, "sentiment");
        assertThat(sentiment.getOutcome()).isEqualTo(analysis.getSpam() ? StageOutcome.SKIPPED : StageOutcome.DONE);
        assertThat(analysis.getSentiment()).isEqualTo(sentiment.getLabel());
        boolean summedUp = !analysis.getSpam()
                && analysis.getText().codePointCount(0, analysis.getText().length()) > LONG;
        assertThat(stage(analysis, "summary").getOutcome())
                .isEqualTo(summedUp ? StageOutcome.DONE : StageOutcome.SKIPPED);
        assertThat(analysis.getSummary().isEmpty()).isEqualTo(!summedUp);
    }

    /** A stage's result goes to its task's topic, once, and is the same there. */
    private static void assertTaskTopics(Stack stack, List<FeedbackAnalysis> analyses) {
        try (Committed<ClassificationResult> results = stack.results("sentiment");
                Committed<SummaryResult> summaries = stack.results("summary", SummaryResult.class);
                Committed<byte[]> letters =
                        Committed.bytesOf(stack.clientConfig(), stack.topics().deadLetters())) {
            Map<String, String> sentiments = analyses.stream()
                    .filter(analysis -> !analysis.getSpam())
                    .collect(Collectors.toMap(FeedbackAnalysis::getEventId, FeedbackAnalysis::getSentiment));
            Map<String, String> seen = new HashMap<>();
            for (ConsumerRecord<byte[], ClassificationResult> result : results.settle(Duration.ofSeconds(2))) {
                assertThat(seen.put(result.value().getEventId(), result.value().getLabel()))
                        .isNull();
            }
            assertThat(seen).isEqualTo(sentiments);
            Set<String> summedUp = analyses.stream()
                    .filter(analysis -> !analysis.getSummary().isEmpty())
                    .map(FeedbackAnalysis::getEventId)
                    .collect(Collectors.toSet());
            assertThat(summaries.settle(Duration.ofSeconds(2)))
                    .extracting(result -> result.value().getEventId())
                    .containsExactlyInAnyOrderElementsOf(summedUp);
            assertThat(letters.settle(Duration.ofSeconds(1))).isEmpty();
        }
    }

    /** Windows that all partitions are past say how many texts and how much spam of each product there was. */
    private static void assertStats(Stack stack, List<FeedbackAnalysis> analyses) {
        Map<String, Long> texts = new TreeMap<>();
        Map<String, Long> spam = new TreeMap<>();
        analyses.stream()
                .filter(analysis -> analysis.getEventTime().isBefore(START.plus(CLOSED)))
                .forEach(analysis -> {
                    String window =
                            analysis.getProduct() + analysis.getEventTime().truncatedTo(ChronoUnit.MINUTES);
                    texts.merge(window, 1L, Long::sum);
                    spam.merge(window, analysis.getSpam() ? 1L : 0L, Long::sum);
                });
        try (Committed<FeedbackStats> records = Committed.of(
                stack.clientConfig(),
                AvroSerde.forValues(FeedbackStats.class, stack.clientConfig()).deserializer(),
                stack.topics().feedbackStats())) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                Map<String, Long> countedTexts = new TreeMap<>();
                Map<String, Long> countedSpam = new TreeMap<>();
                for (ConsumerRecord<byte[], FeedbackStats> record : records.settle(Duration.ofSeconds(1))) {
                    FeedbackStats stats = record.value();
                    boolean minute =
                            stats.getWindowEnd().equals(stats.getWindowStart().plus(Duration.ofMinutes(1)));
                    if (minute && stats.getScope() == StatsScope.PRODUCT && stats.getClosed()) {
                        countedTexts.put(stats.getProduct() + stats.getWindowStart(), stats.getTexts());
                        countedSpam.put(stats.getProduct() + stats.getWindowStart(), stats.getSpam());
                    }
                }
                assertThat(countedTexts).containsAllEntriesOf(texts);
                assertThat(countedSpam).containsAllEntriesOf(spam);
            });
        }
        assertThat(texts).hasSizeGreaterThan(30);
    }

    private static String product(String eventId) {
        return "product-" + Math.floorMod(eventId.hashCode(), 5);
    }

    private static StageResult stage(FeedbackAnalysis analysis, String name) {
        return analysis.getStages().stream()
                .filter(stage -> stage.getStage().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The demo's messages, each fifth three of them in a row. */
    private static Map<String, String> texts() throws Exception {
        List<LabeledText> rows = DemoRows.all();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            StringBuilder text = new StringBuilder(rows.get(i % rows.size()).text());
            for (int more = 1; i % 5 == 0 && more < 3; more++) {
                text.append(' ').append(rows.get((i + more) % rows.size()).text());
            }
            texts.put("event-" + i, text.toString());
        }
        return texts;
    }

    private static void send(Stack stack, Map<String, String> texts) throws Exception {
        try (Producer<String, TextEvent> producer = stack.eventProducer()) {
            List<Future<?>> sent = new ArrayList<>();
            texts.forEach((id, text) -> sent.add(producer.send(new ProducerRecord<>(
                    stack.topics().events(),
                    id,
                    TextEvent.newBuilder()
                            .setId(id)
                            .setText(text)
                            .setEventTime(START.plusSeconds(sent.size()))
                            .setAttributes(Map.of("product", product(id)))
                            .build()))));
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }
}
