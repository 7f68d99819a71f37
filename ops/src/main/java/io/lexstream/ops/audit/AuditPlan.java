package io.lexstream.ops.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is done to the instances, and when: strikes in order, spread over the records, all of it from the seed. */
record AuditPlan(List<Strike> strikes) {
    private static final int MOST_DELAY_MILLIS = 2_000;

    /** The last strikes must still find work: none is planned for the records after this share. */
    private static final double LAST = 0.9;

    AuditPlan {
        strikes = List.copyOf(strikes);
    }

    /**
     * One strike at one instance.
     *
     * @param afterRecords how many records are done when it is due
     * @param delay how long it waits from then on, so that it does not always come right after a commit
     * @param choice picks one of the instances that are at work then
     */
    record Strike(Kind kind, long afterRecords, Duration delay, int choice) {}

    enum Kind {
        /** SIGKILL: the process has no say. */
        KILL,
        /** SIGTERM: the process must end by itself, cleanly and soon. */
        TERM
    }

    static AuditPlan of(int kills, int terms, int records, Random random) {
        List<Kind> kinds = new ArrayList<>(Collections.nCopies(kills, Kind.KILL));
        kinds.addAll(Collections.nCopies(terms, Kind.TERM));
        Collections.shuffle(kinds, random);
        List<Strike> strikes = new ArrayList<>();
        double stretch = LAST * records / Math.max(1, kinds.size());
        for (Kind kind : kinds) {
            long moment = Math.round(stretch * (strikes.size() + random.nextDouble()));
            Duration delay = Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS));
            strikes.add(new Strike(kind, moment, delay, random.nextInt(1 << 16)));
        }
        return new AuditPlan(strikes);
    }
}
