package io.lexstream.processors;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.runtime.InferenceException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private final StreamsException transientFailure =
            new StreamsException("process", new InferenceException("no result in time"));

    private final List<Throwable> failures = new ArrayList<>();
    private final SteppingClock clock = new SteppingClock();
    private final FailurePolicy policy =
            new FailurePolicy(3, clock, new ProcessorMetrics(new SimpleMeterRegistry(), 1024), failures::add);

    @Test
    void aThreadThatFailsIsReplacedWithinLimits() {
        for (int i = 0; i < 3; i++) {
            assertThat(policy.handle(transientFailure)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(failures).isEmpty();

        assertThat(policy.handle(transientFailure)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures).containsExactly(transientFailure);
    }

    @Test
    void oldFailuresAreForgiven() {
        for (int i = 0; i < 20; i++) {
            assertThat(policy.handle(transientFailure)).isEqualTo(REPLACE_THREAD);
            clock.now = clock.now.plus(Duration.ofMinutes(4));
        }
    }

    @Test
    void whatAnotherThreadCannotMendStopsTheProcess() {
        assertThat(policy.handle(new OutOfMemoryError("planted"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new MissingSourceTopicException("text.events")))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.handle(new StreamsException("poll", new TopicAuthorizationException("text.events"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures).hasSize(3);
    }

    private static final class SteppingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
