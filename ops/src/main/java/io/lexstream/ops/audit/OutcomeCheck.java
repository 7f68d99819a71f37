package io.lexstream.ops.audit;

import io.lexstream.schemas.ClassificationResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds every outcome against the events that were sent: told of each in the order of its partition. */
final class OutcomeCheck {
    private static final int MOST_EXAMPLES = 20;

    private final Map<String, AuditEvent> events = new HashMap<>();
    private final Map<String, Outcomes> tasks = new TreeMap<>();
    private final Outcomes deadLetters = new Outcomes();
    private final LabelBook labels;
    private final List<String> examples = new ArrayList<>();
    private long results;
    private long letters;
    private long doubled;
    private long reordered;
    private long wrongLabel;
    private long unexpected;

    OutcomeCheck(Collection<AuditEvent> sent, Collection<String> tasks, LabelBook labels) {
        sent.forEach(event -> events.put(event.id(), event));
        tasks.forEach(task -> this.tasks.put(task, new Outcomes()));
        this.labels = labels;
    }

    /**
     * One kind of outcome: which events have theirs, and how far each key has come.
     *
     * @param seen ids of events
     * @param last the latest event of each key, and where its outcome stood
     * @param versions how many each model version made
     */
    private record Outcomes(Set<String> seen, Map<String, Place> last, SortedMap<String, Long> versions) {
        Outcomes() {
            this(new HashSet<>(), new HashMap<>(), new TreeMap<>());
        }

        /** Whether the event comes after all others of its key, on the key's partition. */
        boolean inOrder(AuditEvent event, int partition) {
            Place before = last.get(event.key());
            if (before != null && (before.number > event.number() || before.partition != partition)) {
                return false;
            }
            last.put(event.key(), new Place(event.number(), partition));
            return true;
        }
    }

    private record Place(int number, int partition) {}

    /** The next result of a partition of the task's topic. */
    void result(String task, String key, int partition, ClassificationResult result) {
        results++;
        AuditEvent event = events.get(result.getEventId());
        Outcomes outcomes = tasks.get(task);
        if (event == null || !event.good() || outcomes == null || !event.key().equals(key)) {
            unexpected++;
            example(task, result.getEventId(), "unexpected");
            return;
        }
        outcomes.versions.merge(result.getModel().getVersion(), 1L, Long::sum);
        if (!result.getTask().equals(task) || !labels.agrees(result, event.text())) {
            wrongLabel++;
            example(task, event.id(), "wrong label by " + result.getModel().getVersion());
        }
        if (!outcomes.seen.add(event.id())) {
            doubled++;
            example(task, event.id(), "doubled");
        } else if (!outcomes.inOrder(event, partition)) {
            reordered++;
            example(task, event.id(), "reordered");
        }
    }

    /** A dead letter of that event. */
    void deadLetter(String eventId) {
        letters++;
        AuditEvent event = events.get(eventId);
        if (event == null || event.good()) {
            unexpected++;
            example("dead letter", eventId, "unexpected");
        } else if (!deadLetters.seen.add(eventId)) {
            doubled++;
            example("dead letter", eventId, "doubled");
        }
    }

    /** After all outcomes were told. */
    Findings findings() {
        long lost = 0;
        for (AuditEvent event : events.values()) {
            if (!event.good()) {
                lost += missing("dead letter", deadLetters, event);
                continue;
            }
            for (Map.Entry<String, Outcomes> task : tasks.entrySet()) {
                lost += missing(task.getKey(), task.getValue(), event);
            }
        }
        SortedMap<String, SortedMap<String, Long>> versions = new TreeMap<>();
        tasks.forEach((task, outcomes) -> versions.put(task, outcomes.versions));
        return new Findings(results, letters, lost, doubled, reordered, wrongLabel, unexpected, versions, examples);
    }

    private int missing(String kind, Outcomes outcomes, AuditEvent event) {
        if (outcomes.seen.contains(event.id())) {
            return 0;
        }
        example(kind, event.id(), "lost");
        return 1;
    }

    private void example(String kind, String eventId, String what) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(kind + " of " + eventId + ": " + what);
        }
    }
}
