package io.lexstream.schemas;

import java.time.Duration;

/** Time as retries need it: how late it is, and waiting. */
interface RetryClock {
    RetryClock SYSTEM = new RetryClock() {
        @Override
        public Duration now() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    };

    /** Time since some fixed moment. */
    Duration now();

    void pause(Duration duration) throws InterruptedException;
}
