package io.lexstream.ops.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells a waiting person what the audit does, and how long it may still take. */
public final class AuditProgress {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private Optional<Instant> firstRecord = Optional.empty();

    public AuditProgress(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    void say(String what) {
        lines.accept("audit: " + what);
    }

    void flowed(long done, long records, Instances instances, ModelSwaps swaps) {
        Instant now = clock.instant();
        if (done > 0 && firstRecord.isEmpty()) {
            firstRecord = Optional.of(now);
        }
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        say(String.format(
                Locale.ROOT,
                "%,d of %,d records, %d kills, %d terms, %d swaps%s",
                done,
                records,
                instances.kills(),
                instances.terms(),
                swaps.count(),
                firstRecord
                        .map(first -> left(Duration.between(first, now), done, records))
                        .orElse("")));
    }

    private static String left(Duration spent, long done, long records) {
        if (spent.isZero() || done == 0) {
            return "";
        }
        double perSecond = done * 1000.0 / spent.toMillis();
        long seconds = Math.round((records - done) / perSecond);
        return String.format(Locale.ROOT, ", %.0f/s, %d:%02d left", perSecond, seconds / 60, seconds % 60);
    }
}
