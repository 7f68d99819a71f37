package io.lexstream.ops.deadletters;

import io.lexstream.ops.deadletters.DeadLetterTopic.Letter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far letters of one reason were sent again: the committed offsets of a consumer group that never joins. */
final class ReplayProgress implements AutoCloseable {
    private static final String GROUP_PREFIX = "lexstream-replay-";

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> committed;

    private ReplayProgress(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> committed) {
        this.consumer = consumer;
        this.committed = committed;
    }

    static ReplayProgress read(Map<String, Object> clientConfig, String reason, Set<TopicPartition> partitions) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("group.id", GROUP_PREFIX + reason);
        config.put("enable.auto.commit", false);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            return new ReplayProgress(consumer, consumer.committed(partitions));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    boolean isDone(Letter letter) {
        OffsetAndMetadata next = committed.get(letter.partition());
        return next != null && letter.record().offset() < next.offset();
    }

    /** By which a transaction commits offsets of the group. */
    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
