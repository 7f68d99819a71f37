package io.lexstream.events;

import org.apache.kafka.common.TopicPartition;

/** Where a record was read from. */
public record Source(String topic, int partition, long offset) {
    public TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    /** {@code topic-partition-offset}: also the id of an event that has none of its own. */
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
