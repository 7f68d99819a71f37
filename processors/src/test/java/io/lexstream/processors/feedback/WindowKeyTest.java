package io.lexstream.processors.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.feedback.Figures;
import io.lexstream.feedback.Message;
import io.lexstream.schemas.StatsScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What lies in the stores comes back as it was. */
class WindowKeyTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void keysComeBackWhateverTheNames() {
        for (String product : List.of("", "mug", "Tasse / ☕", "a".repeat(200))) {
            for (String source : List.of("", "shop", "ü/")) {
                WindowKey key = new WindowKey(product, StatsScope.SOURCE, source, HOUR, START);

                assertThat(WindowKey.of(key.toBytes())).isEqualTo(key);
            }
        }
    }

    @Test
    void windowsOfASeriesStandInOrderOfTime() {
        WindowKey first = new WindowKey("mug", StatsScope.PRODUCT, "", HOUR, START);
        WindowKey second = first.at(first.end());
        WindowKey other = new WindowKey("mug2", StatsScope.PRODUCT, "", HOUR, START);

        assertThat(first.toBytes()).isLessThan(second.toBytes());
        assertThat(second.toBytes()).isLessThan(other.toBytes());
    }

    @Test
    void theTopicsKeyIsReadable() {
        assertThat(new WindowKey("my mug/2", StatsScope.SOURCE, "shop", HOUR, START).toTopicKey())
                .isEqualTo("my+mug%2F2/source:shop/PT1H/2026-03-01T12:00:00Z");
        assertThat(new WindowKey("mug", StatsScope.PRODUCT, "", HOUR, START).toTopicKey())
                .isEqualTo("mug/product/PT1H/2026-03-01T12:00:00Z");
    }

    @Test
    void stampsAndStatesComeBack() {
        Message message = new Message("e\uD800", "mug", "shop", START, "☕ gut", false, "positive", 0.9, "de");
        Stamp text = new Stamp(3, -1, START.toEpochMilli(), false, Optional.of(message));
        Stamp time = new Stamp(0, 5, 7, true, Optional.empty());
        WindowState state = new WindowState(Figures.of(message).plus(Figures.LATE), true, 5, 6, 7, 8);

        assertThat(Stamp.of(text.toBytes())).isEqualTo(text);
        assertThat(Stamp.of(time.toBytes())).isEqualTo(time);
        assertThat(WindowState.of(state.toBytes())).isEqualTo(state);
    }
}
