package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.lexstream.language.LanguageIdentifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that nobody writes and somebody sends: each ends as one result, in time, and none reaches the model whole. */
class TranslationNastyTextsTest {
    private static final TranslationLanguages LANGUAGES =
            new TranslationLanguages(Set.of("de", "fr", "es"), "en", true);
    private static final LanguageIdentifier IDENTIFIER = new LanguageIdentifier(LanguageSettings.DEFAULT.of(LANGUAGES));
    private static final int MAX_CHARACTERS = 400;

    static Stream<String> texts() {
        return Stream.of(
                "\uFEFF\u200B \n",
                "\u0000\u0000",
                "\uD83D\uDE00\uD83D",
                "Lampe".repeat(20_000),
                "xqzj".repeat(25_000),
                "die Lampe ist kaputt ".repeat(5_000),
                "Sehr gut! ".repeat(10_000),
                "😀".repeat(50_000),
                "a\u0301\u0323\u0302\u0308".repeat(20_000),
                "Die Lampe лампа ランプ مصباح ist καλά kaputt und 坏了 leider",
                "<script>alert('Die Lampe ist kaputt und ich bin sehr enttäuscht')</script>".repeat(100),
                "\u202EDie Lampe ist leider kaputt\u202C und das ist schlecht",
                "[1] [2] [3] Die Lampe [4] [5] ist [6] leider [7] kaputt [8] [9] [10] [11]",
                "Ich habe https://example.com/" + "a".repeat(5_000) + " gelesen und bin sehr enttäuscht.");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void eachEndsAsOneResult(String text) {
        FakeTranslator translator = FakeTranslator.shouting();
        TranslationModel model =
                new TranslationModel(LANGUAGES, IDENTIFIER, translator, MAX_CHARACTERS, Optional.empty(), () -> 0);
        TextBatch batch = new TextBatch(List.of(text));

        List<Translation> translations = assertTimeout(Duration.ofSeconds(4), () -> {
            model.lengths(batch);
            return model.run(batch);
        });

        assertThat(translations).hasSize(1);
        assertThat(translations.get(0).text())
                .satisfiesAnyOf(
                        said -> assertThat(said).isEmpty(),
                        said -> assertThat(said).isEqualToIgnoringCase(text));
        assertThat(translator.calls.stream().flatMap(List::stream))
                .allMatch(sentence -> sentence.length() <= MAX_CHARACTERS);
        assertThat(translator.calls.stream().mapToInt(List::size).sum()).isLessThan(60);
    }
}
