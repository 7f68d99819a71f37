package io.lexstream.trainer.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Labels that wait for their texts, by the event that they name and by where they stand. */
final class WaitingLabels {
    private final Map<String, List<PendingLabel>> byEvent = new HashMap<>();
    private final Map<TopicPartition, TreeMap<Long, PendingLabel>> byPartition = new HashMap<>();
    private final Set<PendingLabel> searched = new HashSet<>();

    void add(PendingLabel label) {
        byEvent.computeIfAbsent(label.label().getEventId(), id -> new ArrayList<>())
                .add(label);
        byPartition
                .computeIfAbsent(label.source().topicPartition(), partition -> new TreeMap<>())
                .put(label.source().offset(), label);
    }

    boolean isEmpty() {
        return byEvent.isEmpty();
    }

    /** Whether no more of that partition should be read for now. */
    boolean isFull(TopicPartition partition) {
        return offsets(partition).size() >= WaitingOffsets.MOST;
    }

    /** Where the labels stand that wait. */
    SortedSet<Long> offsets(TopicPartition partition) {
        return new TreeSet<>(
                byPartition.getOrDefault(partition, new TreeMap<>()).keySet());
    }

    /** The events whose texts are wanted. */
    Set<String> events() {
        return Set.copyOf(byEvent.keySet());
    }

    /** When the first of the labels was given that no whole search has been made for; now, if there are none. */
    Instant oldestUnsearched(Instant now) {
        return all().filter(label -> !searched.contains(label))
                .map(PendingLabel::givenAt)
                .min(Instant::compareTo)
                .orElse(now);
    }

    /** Whether there is a label that no whole search has been made for. */
    boolean anyUnsearched() {
        return all().anyMatch(label -> !searched.contains(label));
    }

    /** A search for those events has been through the topic. */
    void searched(Collection<String> events) {
        events.forEach(event -> searched.addAll(byEvent.getOrDefault(event, List.of())));
    }

    /** The labels of that event, in the order in which they came; they wait no longer. */
    List<PendingLabel> take(String event) {
        List<PendingLabel> labels = byEvent.getOrDefault(event, List.of());
        byEvent.remove(event);
        labels.forEach(this::forget);
        return labels;
    }

    /** The labels that have been searched for and have waited long enough; they wait no longer. */
    List<PendingLabel> takeExpired(Instant now, Duration wait) {
        List<PendingLabel> expired = all().filter(searched::contains)
                .filter(label -> !label.readAt().plus(wait).isAfter(now))
                .toList();
        for (PendingLabel label : expired) {
            List<PendingLabel> others = byEvent.getOrDefault(label.label().getEventId(), List.of());
            others.remove(label);
            if (others.isEmpty()) {
                byEvent.remove(label.label().getEventId());
            }
            forget(label);
        }
        return expired;
    }

    private Stream<PendingLabel> all() {
        return byEvent.values().stream().flatMap(List::stream);
    }

    private void forget(PendingLabel label) {
        searched.remove(label);
        TreeMap<Long, PendingLabel> partition =
                byPartition.getOrDefault(label.source().topicPartition(), new TreeMap<>());
        partition.remove(label.source().offset());
    }
}
