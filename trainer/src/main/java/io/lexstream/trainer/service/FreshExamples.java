package io.lexstream.trainer.service;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Counts the examples of each task that no run has seen yet. */
final class FreshExamples implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Long> seenBefore = new HashMap<>();
    private final Map<String, Map<String, Place>> fresh = new HashMap<>();

    private record Place(long offset, Instant time) {}

    private FreshExamples(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** @param seenBefore by task: the offset up to which the last run has seen the examples */
    static FreshExamples open(Clients clients, Map<String, Long> seenBefore) {
        FreshExamples examples = new FreshExamples(clients.reader());
        examples.seenBefore.putAll(seenBefore);
        TopicPartition partition =
                new TopicPartition(clients.settings().topics().examples(), 0);
        examples.consumer.assign(List.of(partition));
        examples.consumer.seekToBeginning(List.of(partition));
        return examples;
    }

    /** Reads what has come. */
    void step(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            apply(record);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        String key = ExampleTopic.key(record);
        String task = ExampleTopic.taskOf(key);
        Map<String, Place> ofTask = fresh.computeIfAbsent(task, name -> new LinkedHashMap<>());
        byte @Nullable [] value = record.value();
        if (value == null) {
            ofTask.remove(key);
        } else if (record.offset() >= seenBefore.getOrDefault(task, 0L)) {
            ofTask.put(key, new Place(record.offset(), Instant.ofEpochMilli(record.timestamp())));
        }
    }

    /** A run sees the examples before {@code end}. */
    void seen(String task, long end) {
        seenBefore.put(task, end);
        fresh.getOrDefault(task, new HashMap<>()).values().removeIf(place -> place.offset < end);
    }

    int count(String task) {
        return fresh.getOrDefault(task, Map.of()).size();
    }

    /** When the first of them was joined. */
    Optional<Instant> oldest(String task) {
        return fresh.getOrDefault(task, Map.of()).values().stream()
                .map(Place::time)
                .min(Instant::compareTo);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
