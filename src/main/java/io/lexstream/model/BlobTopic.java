package io.lexstream.model;

import io.lexstream.schemas.ModelFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads files from the blob topic, chunk by chunk, each at the offset that the manifest names.
 *
 * <p>The consumer reads uncommitted records too: a manifest is only seen when its transaction is committed, so its
 * chunks are all there, while the marker that makes them visible to others may still be on its way. What is missing now
 * is missing for good, and need not be waited for.
 */
final class BlobTopic implements AutoCloseable {
    static final int CHUNK_BYTES = 512 * 1024;

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final Duration patience;
    private final Deque<ConsumerRecord<String, byte[]>> polled = new ArrayDeque<>();

    /**
     * @param consumer of which it takes ownership; must not reset its offset on its own
     * @param patience how long a broker may give nothing before that is an error
     */
    BlobTopic(Consumer<String, byte[]> consumer, String topic, Duration patience) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        this.patience = patience;
        consumer.assign(List.of(partition));
    }

    /** Where the chunks of a file go, in order. */
    interface Sink {
        void accept(byte[] chunk) throws IOException, ModelRejectedException;
    }

    /** {@code sha256:index}, the key of a chunk. */
    static String key(String sha256, int index) {
        return sha256 + ":" + index;
    }

    /**
     * Hands the chunks of {@code file} to {@code sink}.
     *
     * @throws ModelRejectedException if a chunk is not where it should be, or not what it should be
     * @throws TimeoutException if the broker gives nothing
     */
    void read(ModelFile file, Sink sink) throws IOException, ModelRejectedException {
        List<Long> offsets = file.getChunkOffsets();
        if (offsets.isEmpty()) {
            return;
        }
        requireWithin(end(), file);
        polled.clear();
        consumer.seek(partition, offsets.get(0));
        long rest = file.getBytes();
        for (int index = 0; index < offsets.size(); index++) {
            byte[] chunk = chunk(file, index);
            rest -= chunk.length;
            if (rest < 0) {
                throw rejected(file, index, "goes beyond the file's " + file.getBytes() + " bytes");
            }
            sink.accept(chunk);
        }
        if (rest > 0) {
            throw rejected(
                    file,
                    offsets.size() - 1,
                    "is the last one, but " + rest + " of " + file.getBytes() + " bytes have not come");
        }
    }

    private long end() {
        return consumer.endOffsets(List.of(partition), patience).getOrDefault(partition, 0L);
    }

    private static void requireWithin(long end, ModelFile file) throws ModelRejectedException {
        List<Long> offsets = file.getChunkOffsets();
        for (int index = 0; index < offsets.size(); index++) {
            if (offsets.get(index) >= end) {
                throw rejected(file, index, "is not on the topic, which ends at offset " + end);
            }
        }
    }

    private byte[] chunk(ModelFile file, int index) throws ModelRejectedException {
        ConsumerRecord<String, byte[]> record = at(file.getChunkOffsets().get(index))
                .orElseThrow(() -> rejected(file, index, "is no longer on the topic"));
        String key = key(file.getSha256(), index);
        if (!key.equals(record.key())) {
            throw rejected(file, index, "has the key " + record.key() + " instead of " + key);
        }
        byte[] chunk = record.value();
        if (chunk == null || chunk.length == 0 || chunk.length > CHUNK_BYTES) {
            throw rejected(
                    file,
                    index,
                    "has " + (chunk == null ? "no content" : chunk.length + " bytes") + " instead of 1 to "
                            + CHUNK_BYTES + " bytes");
        }
        return chunk;
    }

    /** The record at {@code offset}; none if the log has a gap there. Offsets are asked for in rising order. */
    private Optional<ConsumerRecord<String, byte[]>> at(long offset) {
        Deadline deadline = Deadline.in(patience);
        while (true) {
            while (!polled.isEmpty() && polled.peek().offset() < offset) {
                polled.remove();
            }
            if (!polled.isEmpty()) {
                return polled.peek().offset() == offset ? Optional.of(polled.remove()) : Optional.empty();
            }
            long position = consumer.position(partition, patience);
            if (position > offset) {
                return Optional.empty();
            }
            if (position < offset) {
                consumer.seek(partition, offset);
            }
            if (deadline.isOver()) {
                throw new TimeoutException(
                        "topic " + partition.topic() + ": nothing came from offset " + offset + " within " + patience);
            }
            try {
                ConsumerRecords<String, byte[]> records = consumer.poll(deadline.atMost(Duration.ofSeconds(1)));
                records.records(partition).forEach(polled::add);
            } catch (OffsetOutOfRangeException e) {
                return Optional.empty();
            }
        }
    }

    private static ModelRejectedException rejected(ModelFile file, int index, String what) {
        return new ModelRejectedException("file " + file.getPath() + ": chunk " + index + " of "
                + file.getChunkOffsets().size() + " (offset "
                + file.getChunkOffsets().get(index) + ") " + what);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
