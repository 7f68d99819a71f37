package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The lines that README.md shows for plain Java clients: they compile, and what they send is what they read. */
class ReadmeExampleIT {
    @Test
    void whatTheProducerSendsTheConsumerReads() throws IOException {
        try (RegistryServer registry = RegistryServer.start()) {
            Map<String, Object> config = config("localhost:1", registry.url());
            newProducer(config).close(Duration.ZERO);
            newConsumer(config).close(CloseOptions.timeout(Duration.ZERO));

            AvroSerde<TextEvent> events = AvroSerde.forValues(TextEvent.class, config);
            MockProducer<String, TextEvent> producer =
                    new MockProducer<>(true, null, new StringSerializer(), events.serializer());
            send(producer);
            TextEvent sent = producer.history().get(0).value();
            assertThat(events.deserializer().deserialize("text.events", bytes(events, sent)))
                    .isEqualTo(sent);

            try (MockConsumer<String, ClassificationResult> consumer =
                    new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name())) {
                TopicPartition partition = new TopicPartition("text.sentiment", 0);
                consumer.schedulePollTask(() -> {
                    consumer.rebalance(List.of(partition));
                    consumer.updateBeginningOffsets(Map.of(partition, 0L));
                    consumer.addRecord(new ConsumerRecord<>("text.sentiment", 0, 0, "order-17", Samples.result()));
                });
                Map<String, String> seen = new HashMap<>();
                read(consumer, (key, result) -> seen.put(key, result.getLabel()));
                assertThat(seen).containsEntry("order-17", "positive");
            }
        }
    }

    private static byte[] bytes(AvroSerde<TextEvent> serde, TextEvent event) {
        return serde.serializer().serialize("text.events", event);
    }

    static Map<String, Object> config(String brokers, String registry) {
        return Map.of(
                "bootstrap.servers", brokers,
                "schema.registry.url", registry,
                "group.id", "readme",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
    }

    static Producer<String, TextEvent> newProducer(Map<String, Object> config) {
        return new KafkaProducer<>(
                config,
                Serdes.String().serializer(),
                AvroSerde.<TextEvent>forValues(config).serializer());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    static void send(Producer<String, TextEvent> producer) {
        TextEvent event = TextEvent.newBuilder()
                .setId("e-1")
                .setText("The mug arrived in one piece, lovely colour.")
                .setEventTime(Instant.now())
                .build();
        producer.send(new ProducerRecord<>("text.events", "order-17", event), (sent, failure) -> {
            if (failure != null) {
                System.err.println("not sent: " + failure.getMessage());
            }
        });
        producer.flush();
    }

    static Consumer<String, ClassificationResult> newConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config,
                Serdes.String().deserializer(),
                AvroSerde.forValues(ClassificationResult.class, config).deserializer());
    }

    static void read(Consumer<String, ClassificationResult> consumer, BiConsumer<String, ClassificationResult> sink) {
        consumer.subscribe(List.of("text.sentiment"));
        ConsumerRecords<String, ClassificationResult> records = consumer.poll(Duration.ofSeconds(1));
        records.forEach(record -> sink.accept(record.key(), record.value()));
    }
}
