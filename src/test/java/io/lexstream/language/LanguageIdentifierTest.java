package io.lexstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageIdentifierTest {
    private static final LanguageIdentifier FOUR =
            new LanguageIdentifier(IdentifierSettings.expecting(Set.of("en", "de", "fr", "es")));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "en; The delivery was quick and the staff were friendly.",
                "de; Die Lieferung war schnell, aber das Gerät ist kaputt.",
                "fr; La livraison a été rapide mais le produit est cassé.",
                "es; El envío fue rápido, pero el producto llegó roto.",
                "de; Sehr gut, gerne wieder!",
                "fr; Très déçu",
                "es; Muy buena atención",
                "en; Great value",
                "es; Otra vez roto.",
                "es; ¿Se permiten barbacoas?",
                "de; Schon wieder kaputt.",
                "fr; Encore cassé",
                "it; La consegna è stata veloce ma il prodotto è arrivato rotto.",
                "ru; Доставка была быстрой, но товар сломан.",
                "zh; 这个产品非常好，我很喜欢。",
            })
    void expectedLanguagesAreToldAndOthersToo(String language, String text) {
        assertThat(FOUR.identify(text).language()).isEqualTo(language);
        assertThat(FOUR.identify(text).confidence()).isBetween(0.5, 1.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "12345",
                "4/5",
                "😀👍🏽",
                "!!!",
                "https://example.com/faq",
                "max@example.de",
                "x",
                "\uD83D",
                "#ok"
            })
    void aTextWithoutWordsHasNoLanguage(String text) {
        assertThat(FOUR.identify(text)).isEqualTo(new Identification("", 0, "", true));
    }

    @Test
    void aWordOfManyLanguagesIsUnknownButLikeliestAnExpectedOne() {
        LanguageIdentifier strict = new LanguageIdentifier(new IdentifierSettings(Set.of("de", "en"), 100, 0.99999));

        Identification identification = strict.identify("Danke");

        assertThat(identification.isKnown()).isFalse();
        assertThat(identification.confidence()).isZero();
        assertThat(identification.likeliest()).isEqualTo("de");
    }

    @Test
    void addressesAndNumbersDoNotHideTheLanguage() {
        Identification identification = FOUR.identify(
                "https://www.example.com/help/contact-us?topic=delivery 12345 Wo bleibt meine Lieferung?");

        assertThat(identification.language()).isEqualTo("de");
    }

    @Test
    void expectingALanguageDecidesBetweenTwoThatAreAlike() {
        String text = "Jeg har ikke fått";
        LanguageIdentifier danish = new LanguageIdentifier(IdentifierSettings.expecting(Set.of("da")));
        LanguageIdentifier norwegian = new LanguageIdentifier(IdentifierSettings.expecting(Set.of("nb")));

        assertThat(norwegian.identify(text).language()).isEqualTo("nb");
        assertThat(danish.identify("Jeg har ikke").language()).isEqualTo("da");
        assertThat(norwegian.identify("Jeg har ikke").language()).isEqualTo("nb");
    }

    @Test
    void aLanguageThatNobodyCanTellIsRefused() {
        assertThat(LanguageIdentifier.languages())
                .contains("de", "en", "zh", "he", "et", "nds")
                .hasSizeGreaterThan(95);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LanguageIdentifier(IdentifierSettings.expecting(Set.of("de", "xx"))))
                .withMessageContaining("xx");
    }

    @Test
    void manyThreadsGetWhatOneGets() {
        List<String> texts = List.of("Sehr gut, gerne wieder!", "Très déçu du service", "Muy mal", "Great value", "Ok");
        List<Identification> expected = texts.stream().map(FOUR::identify).toList();

        List<Integer> wrong = IntStream.range(0, 2_000)
                .parallel()
                .filter(i -> !FOUR.identify(texts.get(i % texts.size())).equals(expected.get(i % texts.size())))
                .boxed()
                .toList();

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "漢", "😀", "ab ", "a@", "a.", "www.", "Да", "\u0301", "@a", "http://a", "haha"})
    void aHundredThousandCharactersTakeNoTime(String unit) {
        String text = unit.repeat(100_000 / unit.length());

        Identification identification = assertTimeout(Duration.ofSeconds(2), () -> FOUR.identify(text));

        assertThat(identification.confidence()).isBetween(0.0, 1.0);
    }
}
