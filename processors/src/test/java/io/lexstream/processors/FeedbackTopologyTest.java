package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.events.EventDecoder;
import io.lexstream.events.InputFormat;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.ModelSlot;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelVersion;
import io.lexstream.pipeline.Pipeline;
import io.lexstream.pipeline.PipelineStages;
import io.lexstream.processors.InferenceProcessor.Flow;
import io.lexstream.processors.ModelSource.OpenedModel;
import io.lexstream.processors.PrefetchInterceptor.Prefetch;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.ModelRef;
import io.lexstream.schemas.StageOutcome;
import io.lexstream.schemas.StageResult;
import io.lexstream.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline, seen from the topics: spam, translation, sentiment, a summary of what is long; and a task beside it.
 */
class FeedbackTopologyTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MAX_OUTPUT = 4_000;
    private static final String STAGES = """
            spam
            translation if not spam
            sentiment if not spam
            summary if not spam and longer than 40 characters
            """;

    private final StubRegistry registry = new StubRegistry();
    private final FakeModel spam = new FakeModel("ham", "spam")
            .answering(text -> text.contains("win") ? new double[] {0.25, 0.75} : new double[] {0.75, 0.25});
    private final FakeModel sentiment = new FakeModel("positive", "negative")
            .answering(text -> text.startsWith("The") ? new double[] {0.25, 0.75} : new double[] {0.75, 0.25});
    private final FakeModel intent = new FakeModel("other", "refund");
    private final FakeWriter translation = FakeWriter.translator();
    private final FakeWriter summary = new FakeWriter(text -> new ExtractedSummary(
            text.substring(0, Math.min(10, text.length())), List.of(0), 2, false, false, text.length()));
    private final Map<String, ModelSlot> slots = new LinkedHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProcessorMetrics metrics = new ProcessorMetrics(meters, 1024);
    private final EventDecoder decoder = EventDecoder.of(InputFormat.JSON, 10_000, Map.of());
    private final Trials trials;
    private final BatchEngine engine;
    private final EventChains chains;
    private final PrefetchTable table;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;

    FeedbackTopologyTest(@TempDir Path folder) throws IOException {
        serve("sentiment", sentiment);
        serve("spam", spam);
        serve("summary", summary);
        serve("translation", translation);
        serve("intent", intent);
        List<String> tasks = List.copyOf(slots.keySet());
        trials = new Trials(tasks, metrics);
        Path file = Files.writeString(folder.resolve("stages.txt"), STAGES);
        Pipeline pipeline = new Pipeline(PipelineStages.read(file, tasks, false), tasks, Optional.empty());
        engine = new BatchEngine(new BatchSettings(1, 64, 10_000, 10_000, 1000), slots, trials.engineSlots(), metrics);
        chains = new EventChains(engine, trials, Optional.of(pipeline));
        table = new PrefetchTable(engine, 100_000);
        Flow flow = new Flow(
                TOPICS,
                decoder,
                table,
                engine,
                chains,
                trials,
                Optional.of(new Analyses(pipeline, "product")),
                AvroSerde.<SpecificRecord>forValues(registry.config()).serializer(),
                new Advice(
                        new Reviews(new ReviewSettings(0.6, 0), Clock.systemUTC()),
                        new DriftMonitor(new DriftSettings(0, 0.25), new Profiles(), metrics),
                        TOPICS,
                        registry.config()),
                metrics,
                Duration.ofSeconds(5),
                MAX_OUTPUT);
        Properties config = new Properties();
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver =
                new TopologyTestDriver(EventTopology.build(flow, tasks, Clock.fixed(NOW, ZoneOffset.UTC)), config, NOW);
        input = driver.createInputTopic(TOPICS.events(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        driver.close();
        engine.close();
        slots.values().forEach(ModelSlot::close);
        trials.close();
        registry.close();
    }

    @Test
    void anEventBecomesOneAnalysisOfTheWayThatItTook() {
        String text = "Die Lampe kam kaputt an und niemand antwortet auf Briefe.";
        send("customer-1", event("e1", text, ",\"source\":\"app\",\"attributes\":{\"product\":\"lamp\"}"));

        TestRecord<byte[], byte[]> record = onlyRecord(TOPICS.feedbackAnalysis());
        FeedbackAnalysis analysis = analysis(record);
        String english = "The" + text.substring(3);
        assertThat(record.key()).isEqualTo(utf8("customer-1"));
        assertThat(analysis.getEventId()).isEqualTo("e1");
        assertThat(analysis.getProduct()).isEqualTo("lamp");
        assertThat(analysis.getSource()).isEqualTo("app");
        assertThat(analysis.getText()).isEqualTo(text);
        assertThat(analysis.getEventTime()).isEqualTo(NOW);
        assertThat(analysis.getLanguage()).isEqualTo("de");
        assertThat(analysis.getLanguageConfidence()).isEqualTo(0.75);
        assertThat(analysis.getTranslation()).isEqualTo(english);
        assertThat(analysis.getSummary()).isEqualTo("The Lampe ");
        assertThat(analysis.getSpam()).isFalse();
        assertThat(analysis.getSentiment()).isEqualTo("negative");
        assertThat(analysis.getTopic()).isEqualTo("text.events");
        assertThat(analysis.getPartition()).isZero();
        assertThat(analysis.getOffset()).isZero();
        assertThat(analysis.getStages())
                .extracting(StageResult::getStage)
                .containsExactly("spam", "translation", "sentiment", "summary");
        assertThat(analysis.getStages()).extracting(StageResult::getOutcome).containsOnly(StageOutcome.DONE);
        assertThat(analysis.getStages())
                .extracting(StageResult::getOnTranslation)
                .containsExactly(false, false, true, true);
        assertThat(stage(analysis, "sentiment").getScores()).isEqualTo(Map.of("positive", 0.25, "negative", 0.75));
        assertThat(stage(analysis, "sentiment").getModel()).isEqualTo(champion("sentiment"));
        assertThat(translation.read).containsExactly(text);
        assertThat(summary.read).containsExactly(english);
        assertThat(driver.createOutputTopic(TOPICS.deadLetters(), bytes(), bytes())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theTaskTopicsGetWhatTheStagesSaidAndATaskThatIsNoStageIsAnsweredAsEver() {
        send("k", event("e1", "Die Lampe", ""));

        assertThat(result("sentiment").getLabel()).as("of the translation").isEqualTo("negative");
        assertThat(result("spam").getLabel()).isEqualTo("ham");
        assertThat(result("intent").getEventId()).isEqualTo("e1");
        assertThat(records("text.translation")).hasSize(1);
        assertThat(records("text.summary")).isEmpty();
    }

    @Test
    void spamIsStoppedAtTheGate() {
        send("k", event("e1", "Die Lampe zu win", ""));

        FeedbackAnalysis analysis = analysis(onlyRecord(TOPICS.feedbackAnalysis()));
        assertThat(analysis.getSpam()).isTrue();
        assertThat(analysis.getSentiment()).isEmpty();
        assertThat(analysis.getLanguage()).isEmpty();
        assertThat(stage(analysis, "sentiment").getOutcome()).isEqualTo(StageOutcome.SKIPPED);
        assertThat(stage(analysis, "sentiment").getReason()).isEqualTo("does not hold: not spam");
        assertThat(stage(analysis, "sentiment").getModel()).isNull();
        assertThat(translation.read).isEmpty();
        assertThat(records("text.sentiment")).isEmpty();
    }

    @Test
    void whatIsInTheWorkingLanguageIsReadAsItIs() {
        send("k", event("e1", "It broke", ""));

        FeedbackAnalysis analysis = analysis(onlyRecord(TOPICS.feedbackAnalysis()));
        assertThat(analysis.getLanguage()).isEqualTo("en");
        assertThat(analysis.getTranslation()).isEmpty();
        assertThat(stage(analysis, "sentiment").getOnTranslation()).isFalse();
        assertThat(stage(analysis, "summary").getReason()).isEqualTo("does not hold: longer than 40 characters");
        assertThat(analysis.getProduct())
                .as("the key, for want of an attribute")
                .isEqualTo("k");
    }

    @Test
    void aStageThatFailsLeavesTheOthersAndAReasonAndNoDeadLetter() {
        send("k", event("e1", "Die unreadable Lampe", ""));

        FeedbackAnalysis analysis = analysis(onlyRecord(TOPICS.feedbackAnalysis()));
        StageResult failed = stage(analysis, "translation");
        assertThat(failed.getOutcome()).isEqualTo(StageOutcome.FAILED);
        assertThat(failed.getReason()).isEqualTo("batch of 1");
        assertThat(failed.getModel()).isEqualTo(champion("translation"));
        assertThat(analysis.getSentiment()).isEqualTo("positive");
        assertThat(stage(analysis, "sentiment").getOnTranslation()).isFalse();
        assertThat(records(TOPICS.deadLetters())).isEmpty();
        assertThat(meters.get("lexstream.stages")
                        .tags("stage", "translation", "outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anEventThatEveryStageFailsOnIsOneDeadLetter() {
        spam.failOn("unreadable");
        sentiment.failOn("unreadable");
        byte[] value = event("e1", "unreadable", "");
        send("k", value);

        assertThat(records(TOPICS.feedbackAnalysis())).isEmpty();
        TestRecord<byte[], byte[]> letter = onlyRecord(TOPICS.deadLetters());
        assertThat(letter.value()).isEqualTo(value);
        assertThat(header(letter, "lexstream.reason")).isEqualTo("inference-failed");
        assertThat(header(letter, "lexstream.task")).isEqualTo("spam");
        assertThat(header(letter, "__streams.errors.message")).contains("every stage that ran has failed");
    }

    @Test
    void aTaskThatIsNoStageFailsAsEver() {
        intent.failOn("illegible");
        send("k", event("e1", "It is illegible for one", ""));

        assertThat(header(onlyRecord(TOPICS.deadLetters()), "lexstream.task")).isEqualTo("intent");
        assertThat(records(TOPICS.feedbackAnalysis())).hasSize(1);
    }

    @Test
    void aBadRecordIsADeadLetterAndNoAnalysis() {
        send("k", utf8("{"));

        assertThat(header(onlyRecord(TOPICS.deadLetters()), "lexstream.reason")).isEqualTo("undecodable");
        assertThat(records(TOPICS.feedbackAnalysis())).isEmpty();
    }

    @Test
    void anAnalysisThatNoRecordCanHoldIsADeadLetter() {
        send("k", event("e1", "Die " + "x".repeat(MAX_OUTPUT * 2 / 3), "")); // and as much again in English

        assertThat(records(TOPICS.feedbackAnalysis())).isEmpty();
        TestRecord<byte[], byte[]> letter = onlyRecord(TOPICS.deadLetters());
        assertThat(header(letter, "lexstream.reason")).isEqualTo("result-too-large");
        assertThat(header(letter, "__streams.errors.message")).startsWith("the analysis with");
    }

    @Test
    void theWholeChainIsPrefetchedAndRunOnce() {
        byte[] one = event("e1", "Die Lampe", "");
        byte[] two = event("e2", "Die Tasse", "");
        poll(one, two);
        assertThat(table.size()).isEqualTo(2);

        send("k", one);
        send("k", two);

        assertThat(records(TOPICS.feedbackAnalysis())).hasSize(2);
        assertThat(spam.texts()).isEqualTo(2);
        assertThat(sentiment.texts()).isEqualTo(2);
        assertThat(translation.read).containsExactlyInAnyOrder("Die Lampe", "Die Tasse");
        assertThat(table.size()).isZero();
        assertThat(meters.get("lexstream.events")
                        .tag("prefetched", "true")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void withinThePipelineTheChampionAnswersAndOnTheTaskTopicTheTrialDoes() {
        ModelVersion challenger = new ModelVersion("spam", "tiny", "2", "def");
        FakeModel strict = new FakeModel("ham", "spam").answering(text -> new double[] {0, 1});
        trials.slot("spam").put(new OpenedModel(challenger, strict, Optional.empty()));
        trials.slot("spam")
                .begin(new Trial(challenger, DeploymentMode.CANARY, 1, TopologyUnderTest.limits(10_000), NOW));

        send("k", event("e1", "It broke", ""));

        FeedbackAnalysis analysis = analysis(onlyRecord(TOPICS.feedbackAnalysis()));
        assertThat(stage(analysis, "spam").getModel()).isEqualTo(champion("spam"));
        assertThat(analysis.getSpam()).isFalse();
        ClassificationResult answer = result("spam");
        assertThat(answer.getModel()).isEqualTo(challenger.toRef());
        assertThat(answer.getLabel()).isEqualTo("spam");
    }

    @Test
    void anEventWithoutKeyAndOneWithAKeyThatIsNoTextHaveNoProduct() {
        send(null, event("e1", "It broke", ""));
        input.pipeInput(new byte[] {(byte) 0xff}, event("e2", "It broke", ""));

        assertThat(records(TOPICS.feedbackAnalysis()))
                .extracting(record -> analysis(record).getProduct())
                .containsExactly("", "");
    }

    private void serve(String task, TextModel model) {
        ModelSlot slot = new ModelSlot(task);
        slot.swap(new ModelVersion(task, "tiny", "1", "abc"), model);
        slots.put(task, slot);
    }

    private static ModelRef champion(String task) {
        return new ModelVersion(task, "tiny", "1", "abc").toRef();
    }

    private static byte[] event(String id, String text, String more) {
        return utf8("{\"id\":\"" + id + "\",\"text\":\"" + text + "\"" + more + "}");
    }

    private void send(@Nullable String key, byte[] value) {
        input.pipeInput(new TestRecord<>(key == null ? null : utf8(key), value, NOW));
    }

    private void poll(byte[]... values) {
        PrefetchInterceptor interceptor = new PrefetchInterceptor();
        interceptor.configure(
                Map.of(PrefetchInterceptor.PREFETCH, new Prefetch(TOPICS.events(), decoder, chains, table)));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new ConsumerRecord<>(TOPICS.events(), 0, records.size(), utf8("k"), value));
        }
        interceptor.onConsume(new ConsumerRecords<>(Map.of(new TopicPartition(TOPICS.events(), 0), records), Map.of()));
    }

    private List<TestRecord<byte[], byte[]>> records(String topic) {
        return driver.createOutputTopic(topic, bytes(), bytes()).readRecordsToList();
    }

    private TestRecord<byte[], byte[]> onlyRecord(String topic) {
        List<TestRecord<byte[], byte[]>> records = records(topic);
        assertThat(records).as(topic).hasSize(1);
        return records.get(0);
    }

    private FeedbackAnalysis analysis(TestRecord<byte[], byte[]> record) {
        return AvroSerde.forValues(FeedbackAnalysis.class, registry.config())
                .deserializer()
                .deserialize("any", record.value());
    }

    private ClassificationResult result(String task) {
        return AvroSerde.forValues(ClassificationResult.class, registry.config())
                .deserializer()
                .deserialize("any", onlyRecord(TOPICS.results(task)).value());
    }

    private static StageResult stage(FeedbackAnalysis analysis, String name) {
        return analysis.getStages().stream()
                .filter(stage -> stage.getStage().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ByteArrayDeserializer bytes() {
        return new ByteArrayDeserializer();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
