package io.lexstream.processors;

import io.lexstream.events.EventDecoder;
import io.lexstream.events.InputFormat;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.TrainingProfile;
import io.lexstream.model.TrialLimits;
import io.lexstream.processors.InferenceProcessor.Flow;
import io.lexstream.processors.ModelSource.OpenedModel;
import io.lexstream.processors.PrefetchInterceptor.Prefetch;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
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
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology with a fake model for the task spam, room for a challenger, and a clock that is moved by hand. */
final class TopologyUnderTest implements AutoCloseable {
    static final Topics TOPICS = Topics.defaults();
    static final ModelVersion CHAMPION = new ModelVersion("spam", "tiny", "1", "abc");
    static final ModelVersion CHALLENGER = new ModelVersion("spam", "tiny", "2", "def");
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    final FakeModel champion = new FakeModel("ham", "spam");
    final FakeModel challenger = new FakeModel("ham", "spam");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ProcessorMetrics metrics = new ProcessorMetrics(meters, 1024);
    final Trials trials = new Trials(List.of("spam"), metrics);
    final StubRegistry registry = new StubRegistry();
    private final ModelSlot slot = new ModelSlot("spam");
    private final MovedClock clock = new MovedClock();
    private final Profiles profiles = new Profiles();
    private final EventDecoder decoder = EventDecoder.of(InputFormat.JSON, 10_000, Map.of());
    private final BatchEngine engine;
    private final EventChains chains;
    private final PrefetchTable table;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    private final Map<Class<?>, Deserializer<?>> deserializers = new HashMap<>();
    private long polled;

    TopologyUnderTest(ReviewSettings reviews, DriftSettings drift) throws IOException {
        slot.swap(CHAMPION, champion);
        engine = new BatchEngine(
                new BatchSettings(1, 64, 10_000, 10_000, 1000), Map.of("spam", slot), trials.engineSlots(), metrics);
        chains = new EventChains(engine, trials, Optional.empty());
        table = new PrefetchTable(engine, 100_000);
        Flow flow = new Flow(
                TOPICS,
                decoder,
                table,
                engine,
                chains,
                trials,
                Optional.empty(),
                AvroSerde.<SpecificRecord>forValues(registry.config()).serializer(),
                new Advice(
                        new Reviews(reviews, clock),
                        new DriftMonitor(drift, profiles, metrics),
                        TOPICS,
                        registry.config()),
                metrics,
                Duration.ofSeconds(5),
                20_000);
        Properties config = new Properties();
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(EventTopology.build(flow, List.of("spam"), clock), config, NOW);
        input = driver.createInputTopic(TOPICS.events(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static TopologyUnderTest withoutAdvice() throws IOException {
        return new TopologyUnderTest(new ReviewSettings(0.6, 0), new DriftSettings(0, 0.25));
    }

    /** Limits that only look at labels and errors: times of fakes mean nothing. */
    static TrialLimits limits(int minResults) {
        return new TrialLimits(minResults, 0.1, 1e12, 1e12, 0.5);
    }

    Trial tries(DeploymentMode mode, double share, TrialLimits limits) {
        trials.slot("spam").put(new OpenedModel(CHALLENGER, challenger, Optional.empty()));
        Trial trial = new Trial(CHALLENGER, mode, share, limits, NOW);
        trials.slot("spam").begin(trial);
        return trial;
    }

    void championWasTrainedOn(TrainingProfile profile) {
        profiles.serves(CHAMPION, Optional.of(profile));
    }

    void elapse(Duration time) {
        clock.now = clock.now.plus(time);
    }

    /** Sends an event and returns its result. */
    Optional<ClassificationResult> send(@Nullable String key, String text) {
        return send(key, text, "");
    }

    Optional<ClassificationResult> send(@Nullable String key, String text, String source) {
        byte @Nullable [] keyBytes = key == null ? null : utf8(key);
        byte[] value = utf8("{\"text\":\"" + text + "\",\"source\":\"" + source + "\"}");
        poll(keyBytes, value);
        input.pipeInput(new TestRecord<>(keyBytes, value, clock.now));
        return read(TOPICS.results("spam"), ClassificationResult.class).stream().findFirst();
    }

    /** What the consumer's interceptor does before: results come from the engine's own threads. */
    private void poll(byte @Nullable [] key, byte[] value) {
        PrefetchInterceptor interceptor = new PrefetchInterceptor();
        interceptor.configure(
                Map.of(PrefetchInterceptor.PREFETCH, new Prefetch(TOPICS.events(), decoder, chains, table)));
        TopicPartition partition = new TopicPartition(TOPICS.events(), 0);
        interceptor.onConsume(new ConsumerRecords<>(
                Map.of(partition, List.of(new ConsumerRecord<>(TOPICS.events(), 0, polled++, key, value))), Map.of()));
    }

    /** The records of a topic since the last look. */
    <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        Deserializer<?> values = deserializers.computeIfAbsent(
                type, any -> AvroSerde.forValues(type, registry.config()).deserializer());
        return records(topic).stream()
                .map(record -> type.cast(values.deserialize(topic, record.value())))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> records(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
        engine.close();
        slot.close();
        trials.close();
        registry.close();
    }

    private static final class MovedClock extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
