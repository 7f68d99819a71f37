package io.lexstream.processors.feedback;

import io.lexstream.feedback.Alarm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The figures of the windows' own work. */
public final class FeedbackMetrics {
    private final MeterRegistry registry;

    public FeedbackMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void counted() {
        text("counted");
    }

    void duplicate() {
        text("duplicate");
    }

    /** A text that came too late for at least one of its windows. */
    void late() {
        text("late");
    }

    void undecodable() {
        text("undecodable");
    }

    void closed() {
        Counter.builder("lexstream.feedback.windows")
                .description("Windows closed.")
                .register(registry)
                .increment();
    }

    void alert(Alarm alarm) {
        Counter.builder("lexstream.feedback.alerts")
                .description("Alerts raised and cleared.")
                .tag("measure", alarm.measure().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .tag("state", alarm.raised() ? "raised" : "cleared")
                .register(registry)
                .increment();
    }

    private void text(String outcome) {
        Counter.builder("lexstream.feedback.texts")
                .description("Texts that came to the windows.")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
