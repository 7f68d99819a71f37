package io.lexstream.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LengthBudgetTest {
    private static final LengthBudget BUDGET = new LengthBudget(0.25, 100, 400, 5, 0.1);
    private static final SummarySettings SETTINGS = new SummarySettings(1, 0.2, BUDGET, BUDGET);

    @Test
    void aShareOfTheTextIsAllowedWithinBounds() {
        assertThat(BUDGET.characters(50)).isEqualTo(100);
        assertThat(BUDGET.characters(1000)).isEqualTo(250);
        assertThat(BUDGET.characters(10_000)).isEqualTo(400);
    }

    @Test
    void impossibleLengthsAreRefused() {
        assertThatThrownBy(() -> new LengthBudget(0, 1, 1, 1, 0)).hasMessageContaining("share must be in (0, 1]");
        assertThatThrownBy(() -> new LengthBudget(1, 10, 9, 1, 0)).hasMessageContaining("got 10 and 9");
    }

    @Test
    void settingsComeBackFromJsonAsTheyWere() {
        assertThat(SummarySettingsJson.read(SummarySettingsJson.write(SETTINGS)))
                .isEqualTo(SETTINGS);
    }

    @Test
    void settingsWithAMissingUnknownOrImpossibleFieldAreRefused() {
        String json = new String(SummarySettingsJson.write(SETTINGS), StandardCharsets.UTF_8);

        assertRefused(json.replaceFirst("\"novelty\"", "\"nvelty\""), "novelty");
        assertRefused(json.replaceFirst("\\{", "{\"extra\": 1,"), "extra");
        assertRefused(json.replaceFirst("\"share\" : 0.25,", ""), "share");
        assertRefused(json.replaceFirst("0.25", "2.5"), "share must be in (0, 1], got 2.5");
        assertRefused(json + "{}", "summary settings");
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> SummarySettingsJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
