package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.language.IdentifierSettings;
import io.lexstream.language.LanguageIdentifier;
import io.lexstream.runtime.InferenceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationModelTest {
    private static final TranslationLanguages LANGUAGES =
            new TranslationLanguages(Set.of("de", "fr", "es"), "en", true);
    private static final LanguageIdentifier IDENTIFIER = new LanguageIdentifier(LanguageSettings.DEFAULT.of(LANGUAGES));

    private final FakeTranslator translator = FakeTranslator.shouting();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aTextComesBackSentenceBySentenceWithItsLayoutAndWhatMustNotChange() {
        String text = "Die Lampe von amazon.de war am 3.4.2024 da 😀.\n\n- Sie kostet 20 €! Leider ist sie kaputt 👎\n";

        Translation translation = translate(text);

        assertThat(translation)
                .isEqualTo(new Translation(
                        Translation.Status.TRANSLATED,
                        "DIE LAMPE VON amazon.de WAR AM 3.4.2024 DA 😀.\n\n- SIE KOSTET 20 €! LEIDER IST SIE KAPUTT 👎\n",
                        "de",
                        "en",
                        translation.languageConfidence(),
                        -0.5,
                        false,
                        false,
                        16));
        assertThat(translation.languageConfidence()).isBetween(0.9, 1.0);
        assertThat(translator.calls.get(0))
                .containsExactly("Die Lampe von [1] war am [2] da [3].", "Sie kostet [1]!", "Leider ist sie kaputt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The lamp arrived broken, please send a new one.",
                "ok",
                "12345 😀",
                "https://example.com",
                "x",
                ""
            })
    void whatIsInTheTargetLanguageOrHasNoWordsPassesUnchanged(String text) {
        Translation translation = translate(text);

        assertThat(translation.status()).isEqualTo(Translation.Status.UNCHANGED);
        assertThat(translation.text()).isEqualTo(text);
        assertThat(translation.tokens()).isZero();
        assertThat(translator.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "it, La lampada è arrivata rotta e nessuno mi ha risposto finora.",
        "pl, Lampa dotarła uszkodzona i nikt mi jeszcze nie odpowiedział.",
        "'', Лампа пришла разбитой",
        "ja, ランプが壊れていました。返金してください。"
    })
    void aLanguageWithoutAModelIsNamed(String language, String text) {
        Translation translation = translate(text);

        assertThat(translation.status()).isEqualTo(Translation.Status.UNSUPPORTED);
        assertThat(translation.sourceLanguage()).isEqualTo(language);
        assertThat(translation.text()).isEmpty();
        assertThat(translator.calls).isEmpty();
    }

    @Test
    void aShortTextOfUncertainLanguageIsTranslatedAsTheLikeliestOne() {
        LanguageIdentifier strict =
                new LanguageIdentifier(new IdentifierSettings(Set.of("de", "fr", "es", "en"), 100, 0.99999));
        TranslationModel model = model(strict, Optional.empty());

        Translation translation = model.run(new TextBatch(List.of("Danke"))).get(0);

        assertThat(translation.status()).isEqualTo(Translation.Status.TRANSLATED);
        assertThat(translation.text()).isEqualTo("DANKE");
        assertThat(translation.sourceLanguage()).isEmpty();
        assertThat(translation.languageConfidence()).isZero();
    }

    @Test
    void allSentencesOfABatchGoTogetherAndEqualOnesOnce() {
        TextBatch batch = new TextBatch(List.of(
                "Die Lampe ist kaputt. Bitte melden Sie sich.",
                "The lamp is broken.",
                "Das Kabel fehlt noch. Bitte melden Sie sich."));

        List<Translation> translations = model(IDENTIFIER, Optional.empty()).run(batch);

        assertThat(translations)
                .extracting(Translation::text)
                .containsExactly(
                        "DIE LAMPE IST KAPUTT. BITTE MELDEN SIE SICH.",
                        "The lamp is broken.",
                        "DAS KABEL FEHLT NOCH. BITTE MELDEN SIE SICH.");
        assertThat(translator.calls)
                .containsExactly(List.of("Die Lampe ist kaputt.", "Bitte melden Sie sich.", "Das Kabel fehlt noch."));
    }

    @Test
    void aSentenceInTheTargetLanguageAmidOthersStays() {
        Translation translation = translate(
                "Die Lampe ist leider kaputt angekommen. This is really very disappointing for us. Bitte melden!");

        assertThat(translation.text())
                .isEqualTo("DIE LAMPE IST LEIDER KAPUTT ANGEKOMMEN. "
                        + "This is really very disappointing for us. BITTE MELDEN!");
    }

    @Test
    void aSentenceThatTheModelDoesNotReadAmidOthersStays() {
        Translation translation = translate(
                "Die Lampe ist leider kaputt angekommen. Лампа пришла разбитой. 商品が壊れて届きました。 Bitte melden Sie sich!");

        assertThat(translation.text())
                .isEqualTo("DIE LAMPE IST LEIDER KAPUTT ANGEKOMMEN. Лампа пришла разбитой. 商品が壊れて届きました。 "
                        + "BITTE MELDEN SIE SICH!");
    }

    @Test
    void aDroppedPlaceholderIsTriedAgainWithoutMasksAndElseAppended() {
        FakeTranslator forgetful = new FakeTranslator(sentence -> sentence.replaceAll(" *\\[\\d]", ""));
        FakeTranslator hopeless = new FakeTranslator(sentence -> sentence.replaceAll(" *(\\[\\d]|20 €|amazon.de)", ""));
        String text = "Ich habe dafür 20 € bei amazon.de bezahlt.";

        Translation again = model(forgetful).run(new TextBatch(List.of(text))).get(0);
        Translation appended = model(hopeless).run(new TextBatch(List.of(text))).get(0);

        assertThat(again.text()).isEqualTo(text);
        assertThat(forgetful.calls).containsExactly(List.of("Ich habe dafür [1] bei [2] bezahlt."), List.of(text));
        assertThat(appended.text()).isEqualTo("Ich habe dafür bei bezahlt (20 €, amazon.de).");
    }

    @Test
    void whatIsSaidOfOneSentenceIsSaidOfTheText() {
        Translation cut = translate("Das wurde hier leider abgeschnitten. Die Lampe ist kaputt.");
        Translation slow = translate("Das war hier leider sehr langsam. Die Lampe ist kaputt.");

        assertThat(cut.truncated()).isTrue();
        assertThat(cut.deadlineReached()).isFalse();
        assertThat(slow.truncated()).isFalse();
        assertThat(slow.deadlineReached()).isTrue();
    }

    @Test
    void aLongTextEndsWithWhatItHasWhenTimeIsOverAndShortOnesAreWhole() {
        translator.beforeEachCall = () -> nanos.addAndGet(Duration.ofMillis(600).toNanos());
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 50; i++) {
            text.append("- Das ist hier der Grund Nummer ").append(i).append(".\n");
        }
        TextBatch batch = new TextBatch(List.of(text.toString(), "Die Lampe ist kaputt."));

        List<Translation> translations =
                model(IDENTIFIER, Optional.of(Duration.ofSeconds(1))).run(batch);

        assertThat(translations.get(0).deadlineReached()).isTrue();
        assertThat(translations.get(0).text().lines()).hasSize(32);
        assertThat(translations.get(0).text()).endsWith("\n- DAS IST HIER DER GRUND NUMMER 32.");
        assertThat(translations.get(1).deadlineReached()).isFalse();
        assertThat(translations.get(1).text()).isEqualTo("DIE LAMPE IST KAPUTT.");
    }

    @Test
    void aModelThatIsStuckSaysItOnce() {
        FakeTranslator stuck = new FakeTranslator(sentence -> "It is" + " very good".repeat(60));

        Translation translation = model(stuck)
                .run(new TextBatch(List.of("Die Lampe ist sehr gut.")))
                .get(0);
        Translation echoed = translate("Die Lampe ist sehr sehr sehr sehr sehr sehr sehr");

        assertThat(translation.text()).isEqualTo("It is very good");
        assertThat(echoed.text()).isEqualTo("DIE LAMPE IST SEHR SEHR SEHR SEHR SEHR SEHR SEHR");
    }

    @Test
    void anEmptyTranslationLeavesTheSentence() {
        FakeTranslator silent = new FakeTranslator(sentence -> " ");

        Translation translation = model(silent)
                .run(new TextBatch(List.of("Die Lampe ist gut. Danke schön!")))
                .get(0);

        assertThat(translation.text()).isEqualTo("Die Lampe ist gut. Danke schön!");
    }

    @Test
    void aFailureIsTheBatchsAndAloneOnlyOneTextFails() {
        String bad = "Ich wollte das nicht kaputtmachen.";
        String good = "Die Lampe ist sehr gut.";
        TranslationModel model = model(IDENTIFIER, Optional.empty());

        assertThatThrownBy(() -> model.run(new TextBatch(List.of(good, bad)))).isInstanceOf(InferenceException.class);
        assertThatThrownBy(() -> model.run(new TextBatch(List.of(bad)))).isInstanceOf(InferenceException.class);
        assertThat(model.run(new TextBatch(List.of(good))).get(0).text()).isEqualTo("DIE LAMPE IST SEHR GUT.");
    }

    @Test
    void lengthsCountTheSentencesThatTheModelReads() {
        TextBatch batch = new TextBatch(List.of("Die Lampe ist kaputt. Bitte melden!", "The lamp is broken.", ""));

        assertThat(model(IDENTIFIER, Optional.empty()).lengths(batch)).containsExactly(6, 1, 1);
    }

    @Test
    void aProbeReachesTheModelWhateverTheLanguage() {
        TranslationModel model = model(IDENTIFIER, Optional.empty());

        model.probe();
        model.close();

        assertThat(translator.calls).hasSize(1);
        assertThat(translator.closed).isTrue();
    }

    private Translation translate(String text) {
        return model(IDENTIFIER, Optional.empty())
                .run(new TextBatch(List.of(text)))
                .get(0);
    }

    private TranslationModel model(LanguageIdentifier identifier, Optional<Duration> deadline) {
        return new TranslationModel(LANGUAGES, identifier, translator, 400, deadline, nanos::get);
    }

    private static TranslationModel model(FakeTranslator translator) {
        return new TranslationModel(LANGUAGES, IDENTIFIER, translator, 400, Optional.empty(), () -> 0);
    }
}
