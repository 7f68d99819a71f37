package io.lexstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of mteval-v13a, one by one. */
class Tokens13aTest {
    @Test
    void symbolsStandAlone() {
        assertThat(Tokens13a.of("\"Broken\" (again)!")).containsExactly("\"", "Broken", "\"", "(", "again", ")", "!");
        assertThat(Tokens13a.of("it's don`t")).containsExactly("it's", "don", "`", "t");
    }

    @Test
    void pointsAndCommasStayInsideNumbersOnly() {
        assertThat(Tokens13a.of("1,000.50 euros, U.S.")).containsExactly("1,000.50", "euros", ",", "U", ".", "S", ".");
        assertThat(Tokens13a.of("version 2.")).containsExactly("version", "2", ".");
    }

    @Test
    void aDashIsCutOffBehindADigitOnly() {
        assertThat(Tokens13a.of("3-pack well-made")).containsExactly("3", "-", "pack", "well-made");
    }

    @Test
    void entitiesBecomeWhatTheyMean() {
        assertThat(Tokens13a.of("R&amp;D &lt;b&gt; <skipped>x")).containsExactly("R", "&", "D", "<", "b", ">", "x");
    }

    @Test
    void aWordHyphenatedAtALineEndIsOneWord() {
        assertThat(Tokens13a.of("trans-\nlated text\nhere")).containsExactly("translated", "text", "here");
    }

    @Test
    void aNoBreakSpaceSeparates() {
        assertThat(Tokens13a.of("vraiment\u202f? 5\u00a0€\u3000")).containsExactly("vraiment", "?", "5", "€");
        assertThat(Tokens13a.of(" \u2003\n")).isEmpty();
    }
}
