package io.lexstream.model;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens Kafka clients for the model topics; what the user's settings say is kept, what correctness needs is set. */
final class TopicClients {
    /** All publishers share it: a new one ends the transactions of an older one. */
    static final String TRANSACTIONAL_ID = "lexstream-model-publisher";

    private static final Duration BLOB_PATIENCE = Duration.ofSeconds(30);
    private static final List<String> REGISTRY_SETTINGS = List.of(
            "schema.registry.",
            "basic.auth.",
            "bearer.auth.",
            "auto.register.",
            "use.latest.",
            "specific.avro.",
            "key.subject.",
            "value.subject.");

    private final Map<String, Object> settings;
    private final Topics topics;

    private final TrustedKeys trusted;
    private final DeploymentTimes times;

    TopicClients(Map<String, ?> clientConfig, Topics topics, TrustedKeys trusted, DeploymentTimes times) {
        this.settings = new HashMap<>(clientConfig);
        this.topics = topics;
        this.trusted = trusted;
        this.times = times;
    }

    /** The two readers of a feed or publisher. */
    record Readers(ModelTopic models, BlobTopic blobs) implements AutoCloseable {
        @Override
        public void close() {
            try (models) {
                blobs.close();
            }
        }
    }

    Readers openReaders() {
        ModelTopic models = models();
        try {
            return new Readers(models, blobs());
        } catch (RuntimeException e) {
            models.close();
            throw e;
        }
    }

    /** The readers of a publisher, and what it writes with. */
    record Writer(Readers readers, Producer<String, byte[]> producer, Serializer<SpecificRecord> values) {}

    Writer openWriter() {
        Readers readers = openReaders();
        try {
            return new Writer(readers, producer(), serde().serializer());
        } catch (RuntimeException e) {
            readers.close();
            throw e;
        }
    }

    private ModelTopic models() {
        Map<String, Object> config = consumer();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new ModelTopic(open(config), serde().deserializer(), topics.models(), new ModelCatalog(trusted, times));
    }

    private BlobTopic blobs() {
        Map<String, Object> config = consumer();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 16);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * BlobTopic.CHUNK_BYTES);
        return new BlobTopic(open(config), topics.modelBlobs(), BLOB_PATIENCE);
    }

    private Producer<String, byte[]> producer() {
        Map<String, Object> config = kafka();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // Long enough for a large model on a slow line. Only blob readers would see it, and they do not wait for it.
        config.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                Duration.ofMinutes(5).toMillis());
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private AvroSerde<SpecificRecord> serde() {
        Map<String, Object> config = new HashMap<>(settings);
        config.put("value.subject.name.strategy", "TopicRecordNameStrategy"); // two record types on one topic
        config.put("specific.avro.reader", true);
        return AvroSerde.forValues(config);
    }

    private Map<String, Object> consumer() {
        Map<String, Object> config = kafka();
        config.keySet().removeAll(List.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    /** Without the registry's settings, which a Kafka client would report as unknown. */
    private Map<String, Object> kafka() {
        Map<String, Object> config = new HashMap<>(settings);
        config.keySet().removeIf(key -> REGISTRY_SETTINGS.stream().anyMatch(key::startsWith));
        return config;
    }

    private static KafkaConsumer<String, byte[]> open(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
