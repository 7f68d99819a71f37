package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.events.DeadLetter;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.InputFormat;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelVersion;
import io.lexstream.processors.InferenceProcessor.Flow;
import io.lexstream.processors.PrefetchInterceptor.Prefetch;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.RegistryUnavailableException;
import io.lexstream.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventTopologyTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final TopicPartition EVENTS = new TopicPartition("text.events", 0);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MAX_OUTPUT = 20_000;

    private final StubRegistry registry = new StubRegistry();
    private final FakeModel sentiment = new FakeModel("positive", "negative");
    private final FakeModel spam = new FakeModel("ham", "spam");
    private final Map<String, ModelSlot> slots = new LinkedHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProcessorMetrics metrics = new ProcessorMetrics(meters, 1024);
    private final EventDecoder decoder = EventDecoder.of(InputFormat.TEXT, 10_000, Map.of());
    private final AvroSerde<ClassificationResult> serde =
            AvroSerde.forValues(ClassificationResult.class, registry.config());
    private final Trials trials = new Trials(List.of("sentiment", "spam"), metrics);
    private final Advice advice = new Advice(
            new Reviews(new ReviewSettings(0.6, 0), Clock.systemUTC()),
            new DriftMonitor(new DriftSettings(0, 0.25), new Profiles(), metrics),
            TOPICS,
            registry.config());
    private final BatchEngine engine;
    private final EventChains chains;
    private final PrefetchTable table;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private boolean driverClosed;

    EventTopologyTest() throws IOException {
        slots.put("sentiment", new ModelSlot("sentiment"));
        slots.put("spam", new ModelSlot("spam"));
        slots.get("sentiment").swap(new ModelVersion("sentiment", "tiny", "7", "abc"), sentiment);
        slots.get("spam").swap(new ModelVersion("spam", "tiny", "2", "def"), spam);
        engine = new BatchEngine(new BatchSettings(1, 16, 1000, 1000, 100), slots, trials.engineSlots(), metrics);
        chains = new EventChains(engine, trials, Optional.empty());
        table = new PrefetchTable(engine, 10_000);
        Flow flow = new Flow(
                TOPICS,
                decoder,
                table,
                engine,
                chains,
                trials,
                Optional.empty(),
                AvroSerde.<SpecificRecord>forValues(registry.config()).serializer(),
                advice,
                metrics,
                Duration.ofMillis(500),
                MAX_OUTPUT);
        Properties config = new Properties();
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                EventTopology.build(flow, List.of("sentiment", "spam"), Clock.fixed(NOW, ZoneOffset.UTC)), config, NOW);
        input = driver.createInputTopic(TOPICS.events(), new ByteArraySerializer(), new ByteArraySerializer());
        deadLetters = output(TOPICS.deadLetters());
    }

    @BeforeEach
    void nothingIsOutYet() {
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @AfterEach
    void close() {
        closeDriver();
        engine.close();
        slots.values().forEach(ModelSlot::close);
        trials.close();
        registry.close();
    }

    @Test
    void everyTaskAnswersWithTheModelThatServes() {
        input.pipeInput(new TestRecord<>(utf8("customer-1"), utf8("a rather long text"), header("trace", "t1"), NOW));

        TestRecord<byte[], byte[]> record = output("text.sentiment").readRecord();
        assertThat(record.key()).isEqualTo(utf8("customer-1"));
        assertThat(record.getRecordTime()).isEqualTo(NOW);
        assertThat(text(record.headers(), "trace")).isEqualTo("t1");
        ClassificationResult result = result(record);
        assertThat(result.getEventId()).isEqualTo("text.events-0-0");
        assertThat(result.getTask()).isEqualTo("sentiment");
        assertThat(result.getModel()).isEqualTo(new ModelVersion("sentiment", "tiny", "7", "abc").toRef());
        assertThat(result.getLabel()).isEqualTo("negative");
        assertThat(result.getScores()).isEqualTo(Map.of("positive", 0.25, "negative", 0.75));
        assertThat(result.getEventTime()).isEqualTo(NOW);
        assertThat(result(output("text.spam").readRecord()).getLabel()).isEqualTo("spam");
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void resultsKeepTheOrderOfTheInput() {
        for (int i = 0; i < 50; i++) {
            input.pipeInput(utf8("k" + i % 3), utf8(i % 2 == 0 ? "short" : "longer than ten characters"));
        }

        List<String> ids = output("text.spam").readRecordsToList().stream()
                .map(record -> result(record).getEventId())
                .toList();
        assertThat(ids).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(ids.get(i)).isEqualTo("text.events-0-" + i);
        }
    }

    @Test
    void aBadRecordBecomesADeadLetterWithItsBytesAndItsPlace() {
        byte[] bytes = {'h', (byte) 0xff};
        input.pipeInput(utf8("good"), utf8("fine"));
        input.pipeInput(new TestRecord<>(utf8("key"), bytes, header("trace", "t1"), NOW));

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo(utf8("key"));
        assertThat(letter.value()).isEqualTo(bytes);
        assertThat(headers(letter))
                .containsEntry("trace", "t1")
                .containsEntry("__streams.errors.exception", "org.apache.kafka.common.InvalidRecordException")
                .containsEntry("__streams.errors.message", "the value is not UTF-8")
                .containsEntry("__streams.errors.topic", "text.events")
                .containsEntry("__streams.errors.partition", "0")
                .containsEntry("__streams.errors.offset", "1")
                .containsEntry("lexstream.reason", "invalid-utf8")
                .containsEntry("lexstream.stage", "decode")
                .doesNotContainKeys("lexstream.task", "lexstream.model", "lexstream.cut");
        assertThat(output("text.sentiment").readRecordsToList()).hasSize(1);
    }

    @Test
    void nullKeysAndNullValuesArePassedOn() {
        input.pipeInput(new TestRecord<>(null, null, NOW));

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(text(letter.headers(), DeadLetter.REASON)).isEqualTo("null-value");
    }

    @Test
    void anEmptyAndATooLargeTextSaySo() {
        input.pipeInput(utf8("k"), utf8(" \u200b"));
        input.pipeInput(utf8("k"), utf8("x".repeat(10_001)));

        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> text(letter.headers(), DeadLetter.REASON))
                .containsExactly("empty-text", "too-large");
    }

    @Test
    void aTaskThatFailsOnATextDoesNotTakeTheOthersWithIt() {
        spam.failOn("poison");

        input.pipeInput(utf8("k"), utf8("poison"));

        assertThat(result(output("text.sentiment").readRecord()).getLabel()).isEqualTo("positive");
        assertThat(output("text.spam").isEmpty()).isTrue();
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.value()).isEqualTo(utf8("poison"));
        assertThat(headers(letter))
                .containsEntry("lexstream.reason", "inference-failed")
                .containsEntry("lexstream.stage", "inference")
                .containsEntry("lexstream.task", "spam")
                .containsEntry("lexstream.model", "spam@2 def")
                .containsEntry("__streams.errors.exception", "io.lexstream.runtime.InferenceException");
        assertThat(text(letter.headers(), DeadLetter.MESSAGE)).doesNotContain("poison");
        assertThat(meters.get("lexstream.dead.letters")
                        .tags("task", "spam", "reason", "inference-failed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void whatWasPolledIsInferredTogetherAndOnce() {
        poll("one", "two", "three");
        assertThat(table.size()).isEqualTo(3);

        input.pipeInput(utf8("k"), utf8("one"));
        input.pipeInput(utf8("k"), utf8("two"));
        input.pipeInput(utf8("k"), utf8("three"));

        assertThat(output("text.spam").readRecordsToList()).hasSize(3);
        assertThat(spam.texts()).isEqualTo(3);
        assertThat(table.size()).isZero();
        assertThat(meters.get("lexstream.events")
                        .tag("prefetched", "true")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void anEventThatWasNotPrefetchedIsInferredOnTheSpot() {
        poll("one");

        input.pipeInput(utf8("k"), utf8("one"));
        input.pipeInput(utf8("k"), utf8("two"));

        assertThat(output("text.spam").readRecordsToList()).hasSize(2);
        assertThat(meters.get("lexstream.events")
                        .tag("prefetched", "false")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anOffsetThatIsPolledAgainIsReplaced() {
        poll("a text that a rebalance took away", "and the next");
        poll("short");

        input.pipeInput(utf8("k"), utf8("short"));

        assertThat(result(output("text.spam").readRecord()).getLabel()).isEqualTo("ham");
        assertThat(table.size()).isZero();
    }

    @Test
    void aClosedPartitionLeavesNothingBehind() {
        poll("one", "two", "three");

        closeDriver();

        assertThat(table.size()).isZero();
    }

    @Test
    void aResultThatNoRecordCanHoldIsADeadLetter() {
        Headers large = new RecordHeaders().add("large", new byte[MAX_OUTPUT - 150]);

        input.pipeInput(new TestRecord<>(utf8("k"), utf8("hello"), large, NOW));

        assertThat(output("text.spam").isEmpty()).isTrue();
        List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
        assertThat(letters).hasSize(2);
        TestRecord<byte[], byte[]> letter = letters.get(0);
        assertThat(letter.value()).isEqualTo(utf8("hello"));
        assertThat(headers(letter))
                .containsEntry("lexstream.reason", "result-too-large")
                .containsEntry("lexstream.cut", "value of 5 bytes, headers")
                .doesNotContainKey("large");
    }

    @Test
    void aDeadLetterThatNoRecordCanHoldIsCut() {
        byte[] bytes = new byte[MAX_OUTPUT];
        bytes[0] = (byte) 0xff;

        input.pipeInput(utf8("k"), bytes);

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.value())
                .hasSizeBetween(MAX_OUTPUT - 1_000, MAX_OUTPUT - 400)
                .startsWith(0xff, 0, 0);
        assertThat(text(letter.headers(), DeadLetter.CUT)).isEqualTo("value of 20000 bytes");
    }

    @Test
    void aReplayedDeadLetterDoesNotCarryItsOldReason() {
        Headers old = new RecordHeaders()
                .add(DeadLetter.REASON, utf8("unknown-schema"))
                .add("trace", utf8("t1"));

        input.pipeInput(new TestRecord<>(utf8("k"), utf8(""), old, NOW));

        assertThat(deadLetters.readRecord().headers().headers(DeadLetter.REASON))
                .extracting(header -> new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly("empty-text");
    }

    @Test
    void timestampsThatCannotBeWrittenAgainAreBounded() {
        input.pipeInput(new TestRecord<>(utf8("k"), utf8("hello"), NOW.plus(Duration.ofDays(400))));

        assertThat(output("text.spam").readRecord().getRecordTime()).isEqualTo(NOW);
        BoundedTimestamps timestamps = new BoundedTimestamps(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(timestamps.extract(recordAt(-1), 5)).isZero();
        assertThat(timestamps.extract(recordAt(NOW.toEpochMilli() + 1000), 5)).isEqualTo(NOW.toEpochMilli() + 1000);
    }

    @Test
    void aModelThatHangsFailsTheThreadSoThatTheRecordIsReadAgain() {
        CountDownLatch never = new CountDownLatch(1);
        spam.block(never);

        assertThatThrownBy(() -> input.pipeInput(utf8("k"), utf8("hello")))
                .hasRootCauseInstanceOf(TimeoutException.class)
                .hasStackTraceContaining("inference.timeout.ms");

        never.countDown();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void aRegistryThatIsAwayFailsTheThreadAndLosesNothing() {
        registry.goAway();

        assertThatThrownBy(() -> input.pipeInput(utf8("k"), utf8("hello")))
                .hasStackTraceContaining(RegistryUnavailableException.class.getName());

        assertThat(output("text.sentiment").isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    /** What the consumer's interceptor does with a poll of these texts, from offset 0 on. */
    private void poll(String... texts) {
        PrefetchInterceptor interceptor = new PrefetchInterceptor();
        interceptor.configure(
                Map.of(PrefetchInterceptor.PREFETCH, new Prefetch(TOPICS.events(), decoder, chains, table)));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String text : texts) {
            records.add(new ConsumerRecord<>(EVENTS.topic(), 0, records.size(), utf8("k"), utf8(text)));
        }
        interceptor.onConsume(new ConsumerRecords<>(Map.of(EVENTS, records), Map.of()));
    }

    private void closeDriver() {
        if (!driverClosed) {
            driverClosed = true;
            driver.close();
        }
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private ClassificationResult result(TestRecord<byte[], byte[]> record) {
        return serde.deserializer().deserialize("any", record.value());
    }

    private static ConsumerRecord<Object, Object> recordAt(long timestamp) {
        return new ConsumerRecord<>(
                "text.events",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "k",
                "v",
                new RecordHeaders(),
                Optional.empty());
    }

    private static Map<String, String> headers(TestRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static Headers header(String name, String value) {
        return new RecordHeaders().add(name, utf8(value));
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
