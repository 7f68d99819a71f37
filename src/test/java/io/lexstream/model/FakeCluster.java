package io.lexstream.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's mock clients around logs in memory, with transactions, their markers, and gaps as compaction leaves them. */
final class FakeCluster {
    private enum State {
        PENDING,
        COMMITTED,
        GAP
    }

    private record Slot(String key, byte @Nullable [] value, State state) {}

    private static final int MAX_POLL_RECORDS = 3;

    private final Map<String, List<Slot>> logs = new HashMap<>();

    private List<Slot> log(String topic) {
        return logs.computeIfAbsent(topic, name -> new ArrayList<>());
    }

    /** Appends a committed record, as any client might; returns its offset. */
    long append(String topic, String key, byte @Nullable [] value) {
        log(topic).add(new Slot(key, value, State.COMMITTED));
        return log(topic).size() - 1L;
    }

    void replace(String topic, long offset, String key, byte @Nullable [] value) {
        log(topic).set((int) offset, new Slot(key, value, State.COMMITTED));
    }

    /** Leaves a gap, as compaction does. */
    void remove(String topic, long offset) {
        log(topic).set((int) offset, new Slot("", null, State.GAP));
    }

    /** Leaves gaps where records of that key were. */
    void compact(String topic, String key) {
        log(topic).replaceAll(slot -> slot.key().equals(key) ? new Slot("", null, State.GAP) : slot);
    }

    void truncate(String topic, long end) {
        log(topic).subList((int) end, log(topic).size()).clear();
    }

    String key(String topic, long offset) {
        return log(topic).get((int) offset).key();
    }

    byte[] value(String topic, long offset) {
        return Objects.requireNonNull(log(topic).get((int) offset).value());
    }

    /** Keys of the committed records, oldest first. */
    List<String> keys(String topic) {
        return log(topic).stream()
                .filter(slot -> slot.state() == State.COMMITTED)
                .map(Slot::key)
                .toList();
    }

    Producer producer() {
        return new Producer();
    }

    MockConsumer<String, byte[]> consumer(String topic, boolean committedOnly) {
        return new Reader(new TopicPartition(topic, 0), committedOnly);
    }

    final class Producer extends MockProducer<String, byte[]> {
        private Producer() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(
                ProducerRecord<String, byte[]> record, @Nullable Callback callback) {
            try {
                super.send(record, callback).get();
            } catch (InterruptedException | ExecutionException e) {
                return CompletableFuture.failedFuture(e.getCause());
            }
            List<Slot> log = log(record.topic());
            log.add(new Slot(record.key(), record.value(), State.PENDING));
            var partition = new TopicPartition(record.topic(), record.partition());
            return CompletableFuture.completedFuture(
                    new RecordMetadata(partition, log.size() - 1, 0, 0L, 0, record.value().length));
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            return send(record, null);
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            end(State.COMMITTED);
        }

        @Override
        public void abortTransaction() {
            super.abortTransaction();
            end(State.GAP);
        }

        private void end(State state) {
            for (List<Slot> log : logs.values()) {
                boolean touched = log.stream().anyMatch(slot -> slot.state() == State.PENDING);
                log.replaceAll(
                        slot -> slot.state() == State.PENDING ? new Slot(slot.key(), slot.value(), state) : slot);
                if (touched) {
                    log.add(new Slot("", null, State.GAP)); // the marker takes an offset
                }
            }
        }
    }

    private final class Reader extends MockConsumer<String, byte[]> {
        private final TopicPartition partition;
        private final boolean committedOnly;

        private Reader(TopicPartition partition, boolean committedOnly) {
            super("earliest");
            this.partition = partition;
            this.committedOnly = committedOnly;
            updateBeginningOffsets(Map.of(partition, 0L));
        }

        private long end() {
            List<Slot> log = log(partition.topic());
            for (int i = 0; committedOnly && i < log.size(); i++) {
                if (log.get(i).state() == State.PENDING) {
                    return i;
                }
            }
            return log.size();
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return Map.of(partition, end());
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
            long next = position(partition);
            for (int n = 0; next < end() && n < MAX_POLL_RECORDS; next++) {
                Slot slot = log(partition.topic()).get((int) next);
                if (slot.state() != State.GAP) {
                    addRecord(new ConsumerRecord<>(partition.topic(), 0, next, slot.key(), slot.value()));
                    n++;
                }
            }
            ConsumerRecords<String, byte[]> records = super.poll(timeout);
            seek(partition, next);
            return records;
        }
    }
}
