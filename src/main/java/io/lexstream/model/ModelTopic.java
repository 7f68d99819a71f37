package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.SchemaNotFoundException;
import io.lexstream.schemas.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the models topic, from its beginning, into a {@link ModelCatalog}.
 *
 * <p>A record that cannot be read or must not count is reported, counted and passed over: it does not stop the others.
 */
final class ModelTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelTopic.class);

    private final Consumer<String, byte[]> consumer;
    private final Deserializer<SpecificRecord> values;
    private final TopicPartition partition;
    private final ModelCatalog catalog;
    private final Map<String, Deployment> changed = new LinkedHashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private long skipped;

    /**
     * Takes ownership of the consumer and the deserializer.
     *
     * @param catalog empty
     */
    ModelTopic(
            Consumer<String, byte[]> consumer,
            Deserializer<SpecificRecord> values,
            String topic,
            ModelCatalog catalog) {
        this.consumer = consumer;
        this.values = values;
        this.catalog = catalog;
        this.partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    ModelCatalog catalog() {
        return catalog;
    }

    /** Records that were passed over so far. */
    long skipped() {
        return skipped;
    }

    /** What records were passed over since the last call, oldest first. */
    List<Refusal> refusals() {
        List<Refusal> since = List.copyOf(refusals);
        refusals.clear();
        return since;
    }

    /** Deployments that changed since the last call, each task's latest; waits at most {@code timeout} for one. */
    List<Deployment> poll(Duration timeout) {
        try {
            pollOnce(timeout);
        } catch (WakeupException e) {
            LOG.debug("woken up", e);
        }
        List<Deployment> arrived = new ArrayList<>(changed.values());
        changed.clear();
        return arrived;
    }

    /** Reads all that is committed now. */
    void readToEnd(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        long end;
        try {
            end = consumer.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
        } catch (TimeoutException e) {
            throw new TimeoutException(
                    "no end of topic " + partition.topic() + " within " + timeout + ": no broker, or no such topic", e);
        }
        readTo(end, deadline);
    }

    /** Reads until the record before {@code end} has been seen; one just written may not be visible at once. */
    void readTo(long end, Deadline deadline) {
        while (consumer.position(partition, deadline.left()) < end) {
            if (deadline.isOver()) {
                throw new TimeoutException(
                        "topic " + partition.topic() + " was not read to offset " + end + " in time");
            }
            pollOnce(deadline.atMost(Duration.ofSeconds(1)));
        }
    }

    private void pollOnce(Duration timeout) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
            try {
                take(record);
            } catch (RuntimeException e) {
                consumer.seek(partition, record.offset()); // not its fault: it comes again with the next poll
                throw e;
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        @Nullable SpecificRecord value = null;
        try {
            if (key.isEmpty()) {
                throw new ModelRejectedException("it has no key");
            }
            value = decode(record);
            catalog.apply(key, value).ifPresent(it -> changed.put(it.getTask(), it));
        } catch (ModelRejectedException e) {
            skipped++;
            refusals.add(new Refusal(catalog.offered(key, value), e.rejection(), String.valueOf(e.getMessage())));
            LOG.atDebug()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("key", record.key())
                    .addKeyValue("reason", e.getMessage())
                    .log("record of the models topic passed over");
        }
    }

    private @Nullable SpecificRecord decode(ConsumerRecord<String, byte[]> record) throws ModelRejectedException {
        if (record.value() == null) {
            return null;
        }
        try {
            return values.deserialize(record.topic(), record.value());
        } catch (UndecodableException | SchemaNotFoundException e) {
            throw new ModelRejectedException("it cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** Drops what {@link #poll} would report. */
    void forgetChanges() {
        changed.clear();
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        try (values) {
            consumer.close();
        }
    }
}
