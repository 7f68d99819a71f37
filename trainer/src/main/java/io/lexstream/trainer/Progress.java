package io.lexstream.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Tells a person how far a long computation is: a line now and then, with the time that is left. */
public final class Progress {
    private final Consumer<String> lines;
    private final Clock clock;
    private final Duration every;
    private Instant started;
    private Instant lastLine;

    /** @param every least time between two lines of one step */
    public Progress(Consumer<String> lines, Clock clock, Duration every) {
        this.lines = lines;
        this.clock = clock;
        this.every = every;
        this.started = clock.instant();
        this.lastLine = started;
    }

    /** Says nothing. */
    public static Progress silent() {
        return new Progress(line -> {}, Clock.systemUTC(), Duration.ofDays(1));
    }

    /** A line of its own. */
    public void say(String line) {
        lines.accept(line);
    }

    /** A step begins: its time is taken from here. */
    public void start() {
        started = clock.instant();
        lastLine = started;
    }

    /**
     * The step has come to {@code share} (0 to 1) of its way; prints {@code what}, percent and time left if it is time
     * for a line.
     */
    public void at(double share, String what) {
        at(share, Duration.between(started, clock.instant()), what);
    }

    /** The same for a step that went on from where another process left it, {@code spent} in all. */
    public void at(double share, Duration spent, String what) {
        Instant now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(every) < 0) {
            return;
        }
        lastLine = now;
        double elapsed = spent.toMillis() / 1000.0;
        String left = share > 0 ? ", " + spoken(elapsed / share - elapsed) + " left" : "";
        lines.accept("%s (%.0f %%%s)".formatted(what, 100 * share, left));
    }

    private static String spoken(double seconds) {
        long rounded = Math.round(seconds);
        return rounded < 60 ? rounded + " s" : "%d min %02d s".formatted(rounded / 60, rounded % 60);
    }
}
