package io.lexstream.ops.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The compacted topic that the registry keeps its state in. */
final class SchemaLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaLog.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TopicPartition TOPIC = new TopicPartition("_schemas", 0);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final KafkaProducer<String, String> producer;

    private SchemaLog(String bootstrapServers, KafkaProducer<String, String> producer) {
        this.bootstrapServers = bootstrapServers;
        this.producer = producer;
    }

    /** Opens the topic, which is created if it is not there. */
    static SchemaLog open(String bootstrapServers) throws IOException {
        createTopic(bootstrapServers);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers,
                "client.id", "schema-registry",
                "acks", "all",
                "max.block.ms", "15000",
                "request.timeout.ms", "10000",
                "delivery.timeout.ms", "15000");
        return new SchemaLog(
                bootstrapServers, new KafkaProducer<>(config, new StringSerializer(), new StringSerializer()));
    }

    private static void createTopic(String bootstrapServers) throws IOException {
        NewTopic topic = new NewTopic(TOPIC.topic(), Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException(
                        "topic _schemas could not be created on " + bootstrapServers + ": " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** What the topic says now. */
    SchemaState read() {
        var state = new SchemaState();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "client.id", "schema-registry");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
            while (consumer.position(TOPIC) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> apply(record, state));
            }
        }
        return state;
    }

    private static void apply(ConsumerRecord<String, String> record, SchemaState state) {
        try {
            JsonNode key = JSON.readTree(record.key());
            JsonNode value = record.value() == null ? null : JSON.readTree(record.value());
            SchemaChange.read(key, value).ifPresent(change -> change.applyTo(state));
        } catch (JsonProcessingException e) {
            leaveOut(record, e.getOriginalMessage());
        } catch (RegistryException | IllegalArgumentException e) {
            leaveOut(record, e.getMessage());
        }
    }

    private static void leaveOut(ConsumerRecord<String, String> record, @Nullable String reason) {
        LOG.atWarn()
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("a record of _schemas is not understood and left out");
    }

    /**
     * Returns when the change is on the topic.
     *
     * @throws IOException if that is not certain; it may still arrive there
     */
    void append(SchemaChange change) throws IOException {
        String value = change.value().map(ObjectNode::toString).orElse(null);
        try {
            producer.send(new ProducerRecord<>(
                            TOPIC.topic(), TOPIC.partition(), change.key().toString(), value))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("no answer from topic _schemas on " + bootstrapServers + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for topic _schemas");
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
