package io.lexstream.ops.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Watchdog watchdog = new Watchdog(Duration.ofMinutes(2), clock);

    @Test
    void whatMovesMayTakeAsLongAsItLikes() {
        assertThatCode(() -> {
                    for (int position = 0; position < 100; position++) {
                        watchdog.check(position, () -> "slow");
                        now = now.plusSeconds(119);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whatStandsStillForTooLongIsReportedWithItsState() {
        watchdog.check(5, () -> "");
        now = now.plusSeconds(121);

        assertThatThrownBy(() -> watchdog.check(5, () -> "5 of 9 events"))
                .hasMessage("nothing has moved for 120 s: 5 of 9 events");
    }
}
