package io.lexstream.processors;

import io.lexstream.events.Source;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.Chain;
import io.lexstream.inference.TaskResult;
import io.lexstream.schemas.TextEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Events that were polled and handed to the engine, but not processed yet; one table a process.
 *
 * <p>It is a cache: an event that is missed here is inferred on the spot, so an entry may be dropped at any time.
 * Stream threads share it, each with partitions of its own, but for the moment in which a partition moves.
 */
final class PrefetchTable {
    private static final int CHARS_PER_TOKEN = 4;
    private static final int MOST_TOKENS_OF_A_TEXT = 512;

    private final Object lock = new Object();
    private final BatchEngine engine;
    private final long maxTokens;
    private final Map<TopicPartition, NavigableMap<Long, Entry>> partitions = new HashMap<>();
    private long tokens;

    /**
     * @param maxTokens most tokens (estimated) that wait here: bounds how long the engine needs for all of them, and so
     *     how long a transaction can stay open
     */
    PrefetchTable(BatchEngine engine, long maxTokens) {
        this.engine = engine;
        this.maxTokens = maxTokens;
    }

    /**
     * Hands the event to the engine, unless the table or the engine's queue is full.
     *
     * @param chain its way through the engine
     */
    void prefetch(Source source, TextEvent event, Chain chain) {
        int size = estimateTokens(event.getText());
        synchronized (lock) {
            if (tokens + size > maxTokens) {
                return;
            }
            engine.offer(chain).ifPresent(results -> put(source, new Entry(event, results, size)));
        }
    }

    /** The event read at {@code source}, if it was prefetched; the caller has it for itself. */
    Optional<Prefetched> take(Source source) {
        synchronized (lock) {
            NavigableMap<Long, Entry> partition = partitions.get(source.topicPartition());
            if (partition == null) {
                return Optional.empty();
            }
            // What lies before was passed over and will not be asked for.
            discard(partition.headMap(source.offset()));
            Optional<Entry> entry = Optional.ofNullable(partition.remove(source.offset()));
            entry.ifPresent(taken -> tokens -= taken.size);
            return entry.map(taken -> new Prefetched(taken.event, taken.results));
        }
    }

    /** Forgets what was polled of a partition that is given up, and spares the engine the work. */
    void drop(TopicPartition given) {
        synchronized (lock) {
            NavigableMap<Long, Entry> partition = partitions.remove(given);
            if (partition != null) {
                discard(partition);
            }
        }
    }

    /** Events that wait. */
    int size() {
        synchronized (lock) {
            return partitions.values().stream().mapToInt(Map::size).sum();
        }
    }

    private void put(Source source, Entry entry) {
        NavigableMap<Long, Entry> partition =
                partitions.computeIfAbsent(source.topicPartition(), key -> new TreeMap<>());
        // The same offset again: the partition was rewound. What was polled from there on will be polled anew.
        discard(partition.tailMap(source.offset(), true));
        partition.put(source.offset(), entry);
        tokens += entry.size;
    }

    private void discard(Map<Long, Entry> entries) {
        for (Entry entry : entries.values()) {
            entry.results.cancel(false);
            tokens -= entry.size;
        }
        entries.clear();
    }

    private static int estimateTokens(String text) {
        return Math.min(MOST_TOKENS_OF_A_TEXT, 2 + text.length() / CHARS_PER_TOKEN);
    }

    /** An event whose results are on their way. */
    record Prefetched(TextEvent event, CompletableFuture<Map<String, TaskResult>> results) {}

    private record Entry(TextEvent event, CompletableFuture<Map<String, TaskResult>> results, int size) {}
}
