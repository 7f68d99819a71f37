package io.lexstream.ops;

import io.lexstream.trainer.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;

/** Progress of long computations, as lines on standard error. */
final class ProgressLines {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private ProgressLines() {}

    static Progress to(PrintWriter err) {
        return new Progress(err::println, Clock.systemUTC(), EVERY);
    }
}
