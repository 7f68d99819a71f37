package io.lexstream.trainer.service;

import io.lexstream.events.Decoded;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.Source;
import io.lexstream.schemas.TextEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Searches the input topic for the texts of some events, a poll at a time. Nothing is kept but what is found.
 *
 * <p>A search begins where the oldest wanted text may be, or, if all wanted ones were searched for before, where the
 * last search ended. After it there is a pause of four times its length: the trainer shall not be the topic's main
 * reader.
 */
final class EventSearch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int PAUSE_FACTOR = 4;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final EventDecoder decoder;
    private final Clock clock;
    private final Map<TopicPartition, Long> searchedTo = new HashMap<>();
    private final Set<String> wanted = new HashSet<>();
    private Map<TopicPartition, Long> ends = Map.of();
    private Set<String> events = Set.of();
    private Instant started = Instant.EPOCH;
    private Instant pauseEnds = Instant.EPOCH;

    /** Takes ownership of {@code consumer}. */
    EventSearch(Consumer<byte[], byte[]> consumer, String topic, EventDecoder decoder, Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.decoder = decoder;
        this.clock = clock;
    }

    /** Whether a search may begin: none is running, and the pause after the last is over. */
    boolean isIdle() {
        return ends.isEmpty() && !clock.instant().isBefore(pauseEnds);
    }

    boolean isRunning() {
        return !ends.isEmpty();
    }

    /** The events of the running or last search. */
    Set<String> events() {
        return events;
    }

    /** Begins a search from a moment on. */
    void beginAt(Set<String> wantedEvents, Instant from) {
        begin(wantedEvents);
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, Math.max(0, from.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp first = found.get(partition);
            long start = first == null ? end : first.offset();
            consumer.seek(partition, Math.min(start, searchedTo.getOrDefault(partition, start)));
        });
    }

    /** Begins a search where the last one ended. */
    void beginAtLastEnd(Set<String> wantedEvents) {
        begin(wantedEvents);
        ends.forEach((partition, end) -> {
            Long from = searchedTo.get(partition);
            if (from == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, from);
            }
        });
    }

    private void begin(Set<String> wantedEvents) {
        events = Set.copyOf(wantedEvents);
        wanted.addAll(events);
        started = clock.instant();
        List<TopicPartition> partitions = Clients.partitions(consumer, topic);
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
    }

    /** Reads on; returns what was found. The search may be over after it. */
    List<TextEvent> step() {
        List<TextEvent> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Source source = new Source(record.topic(), record.partition(), record.offset());
            if (decoder.decode(source, record.value()) instanceof Decoded.Event event
                    && wanted.remove(event.event().getId())) {
                found.add(event.event());
            }
        }
        if (wanted.isEmpty()
                || ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            end();
        }
        return found;
    }

    private void end() {
        if (!wanted.isEmpty()) { // else it did not go through to the end
            searchedTo.putAll(ends);
        }
        Duration took = Duration.between(started, clock.instant());
        Duration pause = took.multipliedBy(PAUSE_FACTOR);
        pauseEnds = clock.instant().plus(pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause);
        wanted.clear();
        ends = Map.of();
        consumer.unsubscribe();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
