package io.lexstream.processors.feedback;

import io.lexstream.feedback.AlertSettings;
import io.lexstream.feedback.Message;
import io.lexstream.processors.StubRegistry;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.FeedbackAlert;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.FeedbackStats;
import io.lexstream.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The topology of the windows alone, in windows of a minute, an hour and a day, on a clock that nobody looks at. */
final class WindowsUnderTest implements AutoCloseable {
    static final Topics TOPICS = Topics.defaults();
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    /** Long after all event times. */
    private static final Instant NOW = START.plus(Duration.ofDays(300));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StubRegistry registry = new StubRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> analyses;
    private final TestInputTopic<byte[], byte[]> products;
    private final AvroSerde<FeedbackAnalysis> serde;

    WindowsUnderTest(Path stateDirectory, int channels, AlertSettings alerts, int sampleTexts, FeedbackStores stores)
            throws IOException {
        WindowSettings usual = WindowSettings.DEFAULT;
        Topology topology = new Topology();
        FeedbackTopology.addTo(
                topology,
                new FeedbackFlow(
                        TOPICS,
                        channels,
                        new WindowSettings(
                                usual.sizes(),
                                usual.grace(),
                                usual.duplicates(),
                                usual.update(),
                                usual.idle(),
                                sampleTexts,
                                usual.kept()),
                        alerts,
                        registry.config(),
                        new FeedbackMetrics(meters)),
                stores);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "windows");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(topology, config, NOW);
        analyses = input(TOPICS.feedbackAnalysis());
        products = input(TOPICS.feedbackProducts());
        serde = AvroSerde.forValues(FeedbackAnalysis.class, registry.config());
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Through the whole topology: all partitions are one. */
    void send(FeedbackAnalysis analysis) {
        analyses.pipeInput(null, serde.serializer().serialize(TOPICS.feedbackAnalysis(), analysis), NOW.toEpochMilli());
    }

    void sendBytes(byte[] value) {
        analyses.pipeInput(null, value, NOW.toEpochMilli());
    }

    /** As the partition {@code channel} would send it. */
    void send(Stamp stamp) {
        byte[] product = stamp.message()
                .map(message -> message.product().getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        products.pipeInput(product, stamp.toBytes(), NOW.toEpochMilli());
    }

    void elapse(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    static FeedbackAnalysis analysis(String id, String product, String source, Instant time, String sentiment) {
        return FeedbackAnalysis.newBuilder()
                .setEventId(id)
                .setProduct(product)
                .setSource(source)
                .setText("The lid of number " + id + " leaks")
                .setEventTime(time)
                .setSentiment(sentiment)
                .setLanguage("en")
                .build();
    }

    static Message message(String id, String product, Instant time, String sentiment) {
        return Message.of(analysis(id, product, "shop", time, sentiment), time);
    }

    /** Of each key the last record since the last look, in order of keys. */
    Map<String, FeedbackStats> lastStats() {
        Map<String, FeedbackStats> last = new TreeMap<>();
        AvroSerde<FeedbackStats> values = AvroSerde.forValues(FeedbackStats.class, registry.config());
        driver.createOutputTopic(TOPICS.feedbackStats(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(record -> last.put(
                        new String(record.key(), StandardCharsets.UTF_8),
                        values.deserializer().deserialize(TOPICS.feedbackStats(), record.value())));
        return last;
    }

    List<FeedbackStats> stats() {
        return read(TOPICS.feedbackStats(), FeedbackStats.class);
    }

    List<FeedbackAlert> alerts() {
        return read(TOPICS.feedbackAlerts(), FeedbackAlert.class);
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        AvroSerde<T> values = AvroSerde.forValues(type, registry.config());
        List<T> records = new ArrayList<>();
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(record -> records.add(values.deserializer().deserialize(topic, record.value())));
        return records;
    }

    /** Entries of a store. */
    long size(String store) {
        return keys(store).size();
    }

    List<Bytes> keys(String store) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    double texts(String outcome) {
        return Optional.ofNullable(meters.find("lexstream.feedback.texts")
                        .tag("outcome", outcome)
                        .counter())
                .map(counter -> counter.count())
                .orElse(0.0);
    }

    @Override
    public void close() {
        driver.close();
        registry.close();
    }
}
