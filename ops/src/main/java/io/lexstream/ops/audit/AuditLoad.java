package io.lexstream.ops.audit;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TextEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends events, as many as it is told to, and remembers them. */
final class AuditLoad implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<TextEvent> serializer;
    private final String topic;
    private final AuditEvents events;
    private final Clock clock;
    private final List<AuditEvent> sent = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    AuditLoad(Map<String, String> clientConfig, String topic, AuditEvents events, Clock clock) {
        this.serializer = AvroSerde.forValues(TextEvent.class, clientConfig).serializer();
        this.topic = topic;
        this.events = events;
        this.clock = clock;
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", String.valueOf(clientConfig.get("bootstrap.servers")));
        config.put("acks", "all");
        config.put("enable.idempotence", true);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends until {@code count} events have been sent in all; does not wait for the broker. */
    void sendUpTo(long count) {
        throwFailure();
        while (sent.size() < count) {
            send(events.next());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    private void send(AuditEvent event) {
        TextEvent value = TextEvent.newBuilder()
                .setId(event.id())
                .setText(event.text())
                .setSource("audit")
                .setEventTime(clock.instant())
                .build();
        sent.add(event);
        producer.send(
                new ProducerRecord<>(topic, event.key(), serializer.serialize(topic, value)), (metadata, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    /** Waits until the broker has all. */
    void flush() {
        producer.flush();
        throwFailure();
    }

    List<AuditEvent> sent() {
        return Collections.unmodifiableList(sent);
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
