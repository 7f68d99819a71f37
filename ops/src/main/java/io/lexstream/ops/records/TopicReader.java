package io.lexstream.ops.records;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of topics, all partitions, outside of any consumer group. */
public final class TopicReader implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;

    private final Map<TopicPartition, Long> endsWhenOpened;

    private TopicReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.endsWhenOpened = consumer.endOffsets(consumer.assignment());
    }

    /**
     * Reads one topic.
     *
     * @throws IllegalArgumentException if there is no such topic
     */
    public static TopicReader open(Map<String, Object> clientConfig, String topic, boolean fromBeginning) {
        return open(clientConfig, List.of(topic), fromBeginning);
    }

    public static TopicReader open(Map<String, Object> clientConfig, Collection<String> topics, boolean fromBeginning) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("allow.auto.create.topics", false);
        config.put("auto.offset.reset", "earliest");
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = partitions(consumer, topics);
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            partitions.forEach(consumer::position); // seeks are lazy: fix the place now
            return new TopicReader(consumer);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new IllegalArgumentException("there is no topic " + topic + ", only "
                        + consumer.listTopics().keySet().stream()
                                .filter(name -> !name.startsWith("_"))
                                .sorted()
                                .toList());
            }
            found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    public List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
        polled.forEach(records::add);
        return records;
    }

    public Set<TopicPartition> partitions() {
        return endsWhenOpened.keySet();
    }

    /** Whether all has been read that was there when the reader was opened. */
    public boolean atEnd() {
        return endsWhenOpened.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
