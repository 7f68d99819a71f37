package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what was committed to some topics, from the beginning on. */
public final class Committed<V> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaConsumer<byte[], V> consumer;
    private final List<ConsumerRecord<byte[], V>> records = new ArrayList<>();

    private Committed(KafkaConsumer<byte[], V> consumer) {
        this.consumer = consumer;
    }

    public static Committed<byte[]> bytesOf(Map<String, Object> clientConfig, String... topics) {
        return of(clientConfig, new ByteArrayDeserializer(), topics);
    }

    public static <V> Committed<V> of(Map<String, Object> clientConfig, Deserializer<V> values, String... topics) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", false);
        KafkaConsumer<byte[], V> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), values);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new Committed<>(consumer);
    }

    /** All records so far, once there are {@code count} of them; fails when none comes for minutes. */
    public List<ConsumerRecord<byte[], V>> await(int count) {
        Instant last = Instant.now();
        while (records.size() < count) {
            int before = records.size();
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            if (records.size() > before) {
                last = Instant.now();
            } else if (Instant.now().isAfter(last.plus(PATIENCE))) {
                fail("%d of %d records, and none came for %s", records.size(), count, PATIENCE);
            }
        }
        return records;
    }

    /** All records, when nothing new has come for {@code quiet}: to see that there are not more than awaited. */
    public List<ConsumerRecord<byte[], V>> settle(Duration quiet) {
        Instant last = Instant.now();
        while (Instant.now().isBefore(last.plus(quiet))) {
            int before = records.size();
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            if (records.size() > before) {
                last = Instant.now();
            }
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
