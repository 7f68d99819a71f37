package io.lexstream.trainer.service;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TrainingExample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the training set's topic: one partition, so that an offset names a state of the whole set. */
final class ExampleTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Clients clients;
    private final TopicPartition partition;

    ExampleTopic(Clients clients) {
        this.clients = clients;
        this.partition = new TopicPartition(clients.settings().topics().examples(), 0);
    }

    /** The offset behind the last example. */
    long end() {
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            return end(consumer);
        }
    }

    /**
     * The examples of {@code task} as they stood before {@code end}, in the order in which they were joined.
     *
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     */
    Collection<TrainingExample> read(String task, long end, Runnable check) {
        Map<String, TrainingExample> examples = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = clients.reader();
                AvroSerde<TrainingExample> serde = AvroSerde.forValues(
                        TrainingExample.class, clients.settings().clientConfig())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                check.run();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        put(task, record, serde.deserializer(), examples);
                    }
                }
            }
        }
        return examples.values();
    }

    private static void put(
            String task,
            ConsumerRecord<byte[], byte[]> record,
            Deserializer<TrainingExample> deserializer,
            Map<String, TrainingExample> examples) {
        String key = key(record);
        if (!task.equals(taskOf(key))) {
            return;
        }
        examples.remove(key); // so that a new label also takes a new place
        byte @Nullable [] value = record.value();
        if (value != null) {
            examples.put(key, deserializer.deserialize(record.topic(), value));
        }
    }

    private long end(Consumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** {@code task/eventId}; empty if there is none. */
    static String key(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    static String taskOf(String key) {
        return key.substring(0, Math.max(0, key.indexOf('/')));
    }
}
