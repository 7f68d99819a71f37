package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void aLineComesOnlyNowAndThenAndSaysHowLongItWillTake() {
        SettableClock clock = new SettableClock();
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress(lines::add, clock, Duration.ofSeconds(10));

        progress.start();
        clock.now = clock.now.plusSeconds(9);
        progress.at(0.09, "9 of 100");
        clock.now = clock.now.plusSeconds(1);
        progress.at(0.1, "10 of 100");
        clock.now = clock.now.plusSeconds(9);
        progress.at(0.19, "19 of 100");
        clock.now = clock.now.plusSeconds(31);
        progress.at(0.5, "50 of 100");

        assertThat(lines).containsExactly("10 of 100 (10 %, 1 min 30 s left)", "50 of 100 (50 %, 50 s left)");
    }

    private static final class SettableClock extends Clock {
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
