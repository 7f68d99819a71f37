package io.lexstream.ops.audit;

import io.lexstream.ops.audit.AuditPlan.Strike;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Carries the plan out: each strike in its turn, when it is due, at an instance that is at work. */
final class Strikes {
    private final Queue<Strike> left;
    private final Instances instances;
    private final Clock clock;
    private Optional<Instant> due = Optional.empty();

    Strikes(AuditPlan plan, Instances instances, Clock clock) {
        this.left = new ArrayDeque<>(plan.strikes());
        this.instances = instances;
        this.clock = clock;
    }

    void tick(GroupWatch.Snapshot snapshot) throws IOException {
        Strike next = left.peek();
        if (next == null || snapshot.committed() < next.afterRecords()) {
            return;
        }
        List<Instance> atWork = instances.atWork(snapshot);
        if (atWork.isEmpty()) {
            due = Optional.empty();
            return;
        }
        Instant moment = due.orElseGet(() -> clock.instant().plus(next.delay()));
        due = Optional.of(moment);
        if (!clock.instant().isBefore(moment)) {
            instances.strike(atWork.get(next.choice() % atWork.size()), next.kind());
            left.remove();
            due = Optional.empty();
        }
    }

    boolean done() {
        return left.isEmpty();
    }
}
