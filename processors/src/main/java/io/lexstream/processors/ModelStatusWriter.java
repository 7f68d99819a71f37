package io.lexstream.processors;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ModelStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status topic. A status that cannot be written is logged, and holds up nothing. */
final class ModelStatusWriter implements Consumer<ModelStatus>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStatusWriter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String topic;
    private final Producer<String, ModelStatus> producer;

    private ModelStatusWriter(String topic, Producer<String, ModelStatus> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    static ModelStatusWriter open(Map<String, Object> clientConfig, String topic) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        return new ModelStatusWriter(
                topic,
                new KafkaProducer<>(
                        config,
                        new StringSerializer(),
                        AvroSerde.forValues(ModelStatus.class, clientConfig).serializer()));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    public void accept(ModelStatus status) {
        String key = status.getInstance() + "/" + status.getTask();
        try {
            producer.send(new ProducerRecord<>(topic, key, status), (metadata, e) -> {
                if (e != null) {
                    logUnwritten(key, e);
                }
            });
        } catch (KafkaException e) {
            logUnwritten(key, e);
        }
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }

    private void logUnwritten(String key, Exception e) {
        LOG.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("key", key)
                .setCause(e)
                .log("model status not written");
    }
}
