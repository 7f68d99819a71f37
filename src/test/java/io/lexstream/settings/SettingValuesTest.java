package io.lexstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingValuesTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/me");

    @Test
    void timesAreANumberAndAUnit() {
        SettingValues values = SettingValues.of(Map.of("train.interval", "36h", "train.budget", "90s"), HOME);

        assertThat(values.time("train.interval")).isEqualTo(Duration.ofHours(36));
        assertThat(values.time("train.budget")).isEqualTo(Duration.ofSeconds(90));
        assertThat(values.time("train.lookback")).isEqualTo(Duration.ofDays(7));
        assertThatThrownBy(() -> SettingValues.of(Map.of("train.interval", "soon"), HOME))
                .hasMessageContaining("train.interval")
                .hasMessageContaining("soon")
                .hasMessageContaining("ms, s, m, h or d");
    }

    @Test
    void oneFileServesProcessorsAndTrainer() {
        SettingValues values = SettingValues.of(
                Map.of("batch.max.tokens", "512", "train.method", "full", "train.weight.source.support", "2"), HOME);

        assertThat(values.number("batch.max.tokens")).isEqualTo(512);
        assertThat(values.text("train.method")).isEqualTo("full");
        assertThat(values.withPrefix("train.weight.source.")).containsEntry("support", "2");
        assertThatThrownBy(() -> SettingValues.of(Map.of("train.intervall", "1h"), HOME))
                .hasMessage("unknown setting train.intervall; did you mean train.interval?");
    }
}
