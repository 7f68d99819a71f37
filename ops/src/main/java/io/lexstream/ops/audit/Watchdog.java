package io.lexstream.ops.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Notices when something that should move stands still: no fixed time is right for every machine. */
final class Watchdog {
    private final Duration patience;
    private final Clock clock;
    private Instant lastMove;
    private long last = Long.MIN_VALUE;

    Watchdog(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
        this.lastMove = clock.instant();
    }

    /** @throws IllegalStateException with {@code state}, if {@code position} has been the same for too long */
    void check(long position, Supplier<String> state) {
        Instant now = clock.instant();
        if (position != last) {
            last = position;
            lastMove = now;
        } else if (now.isAfter(lastMove.plus(patience))) {
            throw new IllegalStateException("nothing has moved for " + patience.toSeconds() + " s: " + state.get());
        }
    }
}
