package io.lexstream.processors;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's timestamp, if it is one that can be written again.
 *
 * <p>Kafka Streams would die of a negative timestamp, or skip the record; a broker refuses one that is more than an
 * hour ahead (message.timestamp.after.max.ms). Both would hold up the partition for ever.
 */
final class BoundedTimestamps implements TimestampExtractor {
    private static final Duration AHEAD = Duration.ofMinutes(55);

    private final Clock clock;

    BoundedTimestamps(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = clock.millis();
        return record.timestamp() > now + AHEAD.toMillis() ? now : Math.max(0, record.timestamp());
    }
}
