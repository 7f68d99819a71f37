package io.lexstream.processors;

import java.time.Duration;

/** How long to wait before the next try: twice as long after each failure, up to a limit. Used by one thread. */
final class RetryPause {
    private static final Duration FIRST = Duration.ofMillis(100);

    private final Duration longest;
    private Duration next = FIRST;

    RetryPause(Duration longest) {
        this.longest = longest;
    }

    Duration next() {
        Duration pause = next.compareTo(longest) < 0 ? next : longest;
        next = pause.multipliedBy(2);
        return pause;
    }

    void reset() {
        next = FIRST;
    }
}
