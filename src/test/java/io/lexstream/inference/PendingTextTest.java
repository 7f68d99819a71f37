package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingTextTest {
    @Test
    void fourLettersAreAToken() {
        assertThat(PendingText.estimateTokens("four more words here")).isEqualTo(5 + 2);
    }

    @Test
    void digitsPunctuationAndOtherScriptsAreATokenEach() {
        assertThat(PendingText.estimateTokens("!!!1")).isEqualTo(4 + 2);
        assertThat(PendingText.estimateTokens("配送很快")).isEqualTo(4 + 2);
    }

    @Test
    void aHugeTextIsEstimatedByItsBeginning() {
        int tokens = PendingText.estimateTokens("!".repeat(10_000_000));

        assertThat(tokens).isBetween(10_000_000 / 4, 10_000_000 / 4 + 8192);
    }

    @Test
    void itsStringShowsNoText() {
        PendingText text =
                new PendingText(new ChainRun(results -> List.of()), "secret", Set.of("spam"), Set.of(), Map.of());

        assertThat(text).asString().doesNotContain("secret");
    }
}
