package io.lexstream.ops.deadletters;

import io.lexstream.ops.records.DeadLetterHeaders;
import io.lexstream.ops.records.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the dead letters that are there when it is opened, oldest first within a partition. */
final class DeadLetterTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final TopicReader reader;

    private DeadLetterTopic(TopicReader reader) {
        this.reader = reader;
    }

    /** One dead letter with what its headers say. */
    record Letter(ConsumerRecord<byte[], byte[]> record, DeadLetterHeaders headers) {
        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    static DeadLetterTopic open(Map<String, Object> clientConfig, String topic) {
        return new DeadLetterTopic(TopicReader.open(clientConfig, topic, true));
    }

    /** The next ones; an empty list may be followed by more as long as not {@link #exhausted}. */
    List<Letter> next() {
        List<Letter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
            DeadLetterHeaders.of(record.headers()).ifPresent(headers -> letters.add(new Letter(record, headers)));
        }
        return letters;
    }

    Set<TopicPartition> partitions() {
        return reader.partitions();
    }

    boolean exhausted() {
        return reader.atEnd();
    }

    @Override
    public void close() {
        reader.close();
    }
}
