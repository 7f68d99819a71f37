package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeadTest {
    @Test
    void theLeadIsTheFirstSentences() {
        String text = "It broke on day 2. I called twice. Nobody came! I want my money back.";

        assertThat(Lead.of(text, 1)).isEqualTo("It broke on day 2.");
        assertThat(Lead.of(text, 3)).isEqualTo("It broke on day 2. I called twice. Nobody came!");
    }

    @Test
    void aShortTextIsItsOwnLead() {
        assertThat(Lead.of("Never again!", 3)).isEqualTo("Never again!");
        assertThat(Lead.of("🙂", 3)).isEmpty();
    }

    @Test
    void theLeadOfADialogueIsItsFirstTurnsWithTheirSpeakers() {
        String dialogue = "#Person1#: Hi. Any news?\n#Person2#: None. Sorry.\n\nAnna Lee: Well then.\n#Person1#: Bye.";

        assertThat(Lead.of(dialogue, 3))
                .isEqualTo("#Person1#: Hi. Any news?\n#Person2#: None. Sorry.\nAnna Lee: Well then.");
    }

    @Test
    void linesWithoutSpeakersAreNoDialogue() {
        assertThat(Lead.of("Pros: cheap. Light.\nA long evening.\nCons: none.", 2))
                .isEqualTo("Pros: cheap. Light.");
    }
}
