package io.lexstream.ops.audit;

import io.lexstream.model.ModelPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Makes another version the champion every few seconds, and every few records, as these come in bursts: the tasks in
 * turn, the versions of each in turn.
 */
final class ModelSwaps {
    private static final int SHORTEST_PAUSE_MILLIS = 1_500;
    private static final int LONGEST_PAUSE_MILLIS = 6_000;

    private final ModelPublisher publisher;
    private final SortedMap<String, List<String>> versions;
    private final List<String> tasks;
    private final RandomGenerator random;
    private final Clock clock;
    private final long everyRecords;
    private Instant next;
    private long nextRecords;
    private int count;

    /**
     * @param publisher stays the caller's
     * @param versions of each task; the first one serves already
     * @param everyRecords after so many records a swap is due, even if the pause is not over
     */
    ModelSwaps(
            ModelPublisher publisher,
            Map<String, List<String>> versions,
            long everyRecords,
            RandomGenerator random,
            Clock clock) {
        this.publisher = publisher;
        this.versions = new TreeMap<>(versions);
        this.tasks = new ArrayList<>(this.versions.keySet());
        this.everyRecords = everyRecords;
        this.random = random;
        this.clock = clock;
        this.next = clock.instant().plus(pause());
        this.nextRecords = everyRecords;
    }

    /** @param committed how many records are done */
    void tick(long committed) {
        if (committed == 0 || (clock.instant().isBefore(next) && committed < nextRecords)) {
            return;
        }
        String task = tasks.get(count % tasks.size());
        List<String> choice = versions.getOrDefault(task, List.of());
        int round = count / tasks.size() + 1;
        publisher.promote(task, choice.get(round % choice.size()), "audit");
        count++;
        next = clock.instant().plus(pause());
        nextRecords = committed + everyRecords;
    }

    int count() {
        return count;
    }

    private Duration pause() {
        return Duration.ofMillis(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    }
}
