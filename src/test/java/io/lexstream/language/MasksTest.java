package io.lexstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
    /** What stands in ‹› is masked, all else is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Schreibt an ‹info@example.de› oder ‹https://example.de/faq?id=3&x=ä›.",
                "Bei ‹amazon.de› und (‹www.example.com/a›) gesucht",
                "Es kostet ‹3,50 €›, früher ‹€ 4.99›, also ‹30%› mehr, ‹1 299,00 EUR›!",
                "Le ‹12/03/2024› à 17 h, soit ‹-5 °C› et ‹2.000,50› points",
                "Am ‹03.04.2024› um ‹10:30› Uhr, nicht am 3. März",
                "Sie misst ‹10 x 20 x 30 cm› und wiegt ‹1,5kg›.",
                "Plus de ‹4 000› clients, Note ‹4/5›, in ‹3-5› Tagen, 2 Teile, seit ‹2019›",
                "Bestellung ‹AB-12345›, Nr. ‹4711›, Rechnung ‹2024/0815›, Modell ‹XR7› oder ‹iPhone12›",
                "Ruft ‹+49 30 123456› oder ‹0800/555 12› an",
                "Danke ‹@max_m›, ‹#top› ‹😀👍🏽› ‹👨‍👩‍👧› bis bald ‹:-)›",
                "super‹😀›danke, siehe ‹[1]› und ‹[12]›, aber nicht [a]",
                "Der 2. Versuch, 5 Sterne, the 3rd, le 1er, 2x bestellt, A und B, 50er Jahre",
                "GmbH, USA, OK und McDonald",
            })
    void whatATranslationMustNotTouchIsMasked(String marked) {
        String sentence = marked.replaceAll("[‹›]", "");

        Masked masked = Masks.mask(sentence);

        assertThat(masked.values()).containsExactlyElementsOf(inMarks(marked));
        assertThat(masked.restore(masked.text()).text()).isEqualTo(sentence);
    }

    @Test
    void placeholdersAreNumberedInTheSentencesOrder() {
        Masked masked = Masks.mask("Für 20 € bei amazon.de gekauft 😀");

        assertThat(masked.text()).isEqualTo("Für [1] bei [2] gekauft [3]");
        assertThat(masked.restore("[3] Bought at [2] for [1]").text()).isEqualTo("😀 Bought at amazon.de for 20 €");
        assertThat(Masks.placeholders()).startsWith("[1]", "[2]").endsWith("[9]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "I paid [1] at [2].; I paid 20 € at amazon.de.",
                "I paid [ 1 ] at [2 ].; I paid 20 € at amazon.de.",
                "I paid [1 at 2].; I paid 20 € at amazon.de.",
                "I paid[1]at[2]; I paid 20 € at amazon.de",
                "I paid [1] [1] at [2], [2].; I paid 20 € at amazon.de,.",
                "I paid [1] [7] at [2] [ 12 ]; I paid 20 € at amazon.de",
                "I paid at [2].; I paid at amazon.de (20 €).",
                "I paid!!; I paid (20 €, amazon.de)!!",
                "[2]; amazon.de (20 €)",
                "...; (20 €, amazon.de)...",
            })
    void whatAModelGarblesIsReadableAndWhole(String generated, String expected) {
        Masked masked = Masks.mask("Ich habe 20 € bei amazon.de bezahlt.");

        assertThat(masked.restore(generated).complete()).isEqualTo(expected);
    }

    @Test
    void aNumberWrittenInTheOtherLanguagesWayIsNotMissing() {
        Masked masked = Masks.mask("Am 3.4.2024 für 1.299,50 € bei amazon.de");

        Restored restored = masked.unmasked("On 04/03/2024 for €1,299.50 at Amazon");

        assertThat(restored.missing()).containsExactly("amazon.de");
    }

    @Test
    void bothSidesOfATrainingPairGetTheSamePlaceholders() {
        MaskedPair pair =
                Masks.mask("Für 3,50 € bei amazon.de, Art. AB-12 😀", "😀 AB-12 for €3.50 at amazon.de since 2019");

        assertThat(pair.source()).isEqualTo("Für [1] bei [2], Art. [3] [4]");
        assertThat(pair.target()).isEqualTo("[4] [3] for [1] at [2] since 2019");
    }

    @Test
    void whatOneSideAloneHasStaysAsItIs() {
        MaskedPair pair = Masks.mask("20 € und 20 € und 30 €", "20 € and 40 €");

        assertThat(pair).isEqualTo(new MaskedPair("[1] und 20 € und 30 €", "[1] and 40 €"));
    }

    @Test
    void ofMoreThanNineThingsTheFirstAreMaskedAndThoseThatLookLikePlaceholders() {
        Masked masked = Masks.mask("10 € 11 € 12 € 13 € 14 € 15 € 16 € 17 € 18 € 19 € [5]");

        assertThat(masked.text()).isEqualTo("[1] [2] [3] [4] [5] [6] [7] [8] 18 € 19 € [9]");
        assertThat(masked.restore(masked.text()).text()).endsWith("17 € 18 € 19 € [5]");
        assertThat(Masks.mask("[1]".repeat(10)).values()).isEmpty();
    }

    @Test
    void aSentenceOfPlaceholdersAloneHasNoWords() {
        assertThat(Masks.mask("https://example.com 20 €!").hasWords()).isFalse();
        assertThat(Masks.mask("20 € ok").hasWords()).isTrue();
        assertThat(Masks.mask("").hasWords()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "😀",
                "👨‍👩‍👧",
                "1",
                "1.",
                "1 ",
                "[1]",
                "A1-",
                "@a.",
                "#",
                "x@",
                "a.",
                "+1 ",
                "€",
                "a1B",
                "A-",
                "(1)",
                ":-"
            })
    void aHundredThousandCharactersTakeNoTime(String unit) {
        String text = unit.repeat(100_000 / unit.length());

        Masked masked = assertTimeout(Duration.ofSeconds(3), () -> Masks.mask(text));

        assertThat(masked.restore(masked.text()).text().strip()).isEqualTo(text.strip());
    }

    private static List<String> inMarks(String marked) {
        return Pattern.compile("‹([^›]*)›")
                .matcher(marked)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
