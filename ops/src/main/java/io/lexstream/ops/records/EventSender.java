package io.lexstream.ops.records;

import io.lexstream.events.InputFormat;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends text events, or labels, to one topic. */
public final class EventSender implements AutoCloseable {
    private final Producer<@Nullable String, byte[]> producer;
    private final Serializer<TextEvent> avroEvents;
    private final Serializer<TextLabel> avroLabels;
    private final String topic;
    private final boolean labels;
    private final InputFormat format;
    private final Optional<String> defaultKey;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private EventSender(
            Map<String, Object> clientConfig,
            String topic,
            boolean labels,
            InputFormat format,
            Optional<String> defaultKey) {
        this.avroEvents = AvroSerde.<TextEvent>forValues(clientConfig).serializer();
        this.avroLabels = AvroSerde.<TextLabel>forValues(clientConfig).serializer();
        this.topic = topic;
        this.labels = labels;
        this.format = format;
        this.defaultKey = defaultKey;
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("acks", "all");
        config.put("linger.ms", 10);
        config.put("compression.type", "lz4");
        config.put("max.block.ms", 15_000);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * A sender to {@code topic}.
     *
     * @param defaultKey key of records whose event names none
     */
    public static EventSender to(
            Map<String, Object> clientConfig,
            Topics topics,
            String topic,
            InputFormat format,
            Optional<String> defaultKey) {
        return new EventSender(clientConfig, topic, topic.equals(topics.labels()), format, defaultKey);
    }

    /**
     * Sends what one line says.
     *
     * @throws IllegalArgumentException if the line is not what the topic takes
     */
    public void send(String line, EventLine parser) {
        if (labels) {
            TextLabel label = parser.label(line);
            send(label.getEventId().isEmpty() ? defaultKey : Optional.of(label.getEventId()), bytes(label));
        } else {
            send(parser.event(line));
        }
    }

    public void send(OutgoingEvent outgoing) {
        send(outgoing.key().or(() -> defaultKey), bytes(outgoing.event()));
    }

    private void send(Optional<String> key, byte[] value) {
        throwFailure();
        var unused = producer.send(new ProducerRecord<>(topic, key.orElse(null), value), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private byte[] bytes(TextEvent event) {
        return switch (format) {
            case AVRO -> avroEvents.serialize(topic, event);
            case JSON -> RecordJson.line(AvroJson.of(event)).getBytes(StandardCharsets.UTF_8);
            case TEXT -> event.getText().getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] bytes(TextLabel label) {
        return avroLabels.serialize(topic, label);
    }

    /** Waits until all is acknowledged. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException("could not send to " + topic, first);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
