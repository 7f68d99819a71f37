package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Schedule schedule = new Schedule(100, Duration.ofHours(24));

    @Test
    void enoughLabelsStartARunAtOnce() {
        assertThat(schedule.due(99, Optional.of(NOON), Optional.of(NOON), NOON)).isEmpty();
        assertThat(schedule.due(100, Optional.of(NOON), Optional.of(NOON), NOON))
                .contains("labels");
    }

    @Test
    void fewerLabelsStartOneAfterTheInterval() {
        Optional<Instant> dayAgo = Optional.of(NOON.minus(Duration.ofDays(1)));
        Optional<Instant> hourAgo = Optional.of(NOON.minus(HOUR));

        assertThat(schedule.due(1, hourAgo, dayAgo, NOON)).contains("interval");
        assertThat(schedule.due(1, hourAgo, hourAgo, NOON)).isEmpty();
        assertThat(schedule.due(1, hourAgo, Optional.empty(), NOON)).isEmpty();
        assertThat(schedule.due(1, dayAgo, Optional.empty(), NOON)).contains("interval");
    }

    @Test
    void withoutNewLabelsNothingStarts() {
        assertThat(schedule.due(0, Optional.empty(), Optional.of(Instant.EPOCH), NOON))
                .isEmpty();
    }
}
