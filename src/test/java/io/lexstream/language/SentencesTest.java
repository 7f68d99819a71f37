package io.lexstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
    /** Each row is a text with "|" where a sentence is to end and the next one begins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "en; The box was open. | Mr. Smith sent it back! | Why?",
                "en; It costs 3.50 in the U.S. and is approx. 5 cm, i.e. too small. | I paid $5.",
                "en; See No. 5 on p. 12. | No. | I won't.",
                "en; Write to jo.e@example.co.uk or https://x.example/a?b=1!c. | Thanks",
                "en; \"Great!\" she said. | \"Fine.\" | Then she left.",
                "en; i love it. would buy again! really",
                "en; We met at 5 p.m. | They were late.",
                "en; So do I. | Then J. R. Tolkien came.",
                "en; Hm... not bad. | Well... | Good…",
                "en; The app is great.But slow.",
                "de; Am 3. März kam z. B. die Lampe von Dr. Meier. | Sie ist kaputt.",
                "de; Das ist d. h. Ware inkl. Versand bzw. Porto, Nr. 7. | Gut.",
                "de; Er sagte: „Toll.“ | Dann ging er.",
                "de; „Super!“ sagte er. | Zum 2. Mal bestellt. | Note 6. | Nie wieder!",
                "de; Bei amazon.de gekauft. | Siehe www.example.com/faq. | Danke",
                "fr; M. Dupont a reçu p. ex. la réf. 12. | « Parfait. » | Merci ! | Et vous ?",
                "fr; Il y a env. 5 pièces. | Elles sont cassées, etc. | Dommage.",
                "es; ¿Qué tal? | ¡Hola! | El Sr. García y la Dra. Ruiz llegaron.",
                "es; Pesa aprox. 5 kg. | Uds. no contestan.",
                "; これは本です。 | いいね！ | はい",
                "; यह अच्छा है। | ठीक है",
            })
    void sentencesEndWhereAReaderSeesThem(String language, String marked) {
        String text = marked.replace(" | ", " ");

        Sentences sentences = Sentences.of(text, language == null ? "" : language, 400);

        List<String> expected = List.of(marked.replace("great.But", "great.¦But")
                .replace("love it. would buy again! really", "love it. | would buy again! | really")
                .split(" \\| |¦"));
        assertThat(sentences.sentences()).isEqualTo(expected);
        assertThat(sentences.text()).isEqualTo(text);
    }

    @Test
    void listMarkersQuotesOfMailsAndLineBreaksStandBetweenSentences() {
        String text = "> 1. Gute Qualität\r\n> 2) Schneller Versand\n\n  • teuer\n- laut 😀👍🏽\n3. März 2024\n";

        Sentences sentences = Sentences.of(text, "de", 400);

        assertThat(sentences.sentences())
                .isEqualTo(List.of("Gute Qualität", "Schneller Versand", "teuer", "laut", "3. März 2024"));
        assertThat(sentences.separators())
                .isEqualTo(List.of("> 1. ", "\r\n> 2) ", "\n\n  • ", "\n- ", " 😀👍🏽\n", "\n"));
    }

    @Test
    void emojiAroundASentenceStayOutside() {
        Sentences sentences = Sentences.of("👨‍👩‍👧 🇩🇪 Toll! 1️⃣ Nr. eins 😀 hier! ❤️ 5️⃣");

        assertThat(sentences.sentences()).isEqualTo(List.of("Toll!", "Nr. eins 😀 hier!"));
        assertThat(sentences.separators()).isEqualTo(List.of("👨‍👩‍👧 🇩🇪 ", " 1️⃣ ", " ❤️ 5️⃣"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "😀😀 🇫🇷", "...", "!?", "--- * ---", "\uFEFF", "\uD83D"})
    void aTextWithoutAWordHasNoSentence(String text) {
        Sentences sentences = Sentences.of(text);

        assertThat(sentences.sentences()).isEqualTo(List.of());
        assertThat(sentences.separators()).isEqualTo(List.of(text));
    }

    @Test
    void replacedSentencesKeepTheirPlace() {
        Sentences sentences = Sentences.of("- Eins. Zwei!\n\n- Drei 😀\n");

        assertThat(sentences.join(List.of("One.", "Two!", "Three"))).isEqualTo("- One. Two!\n\n- Three 😀\n");
        assertThatIllegalArgumentException().isThrownBy(() -> sentences.join(List.of("One.")));
    }

    @Test
    void aLongSentenceIsCutAtAClauseElseAtASpace() {
        Sentences clauses = Sentences.of("this is the first part, and then comes the second one", "en", 32);
        Sentences spaces = Sentences.of("one two three four five six seven", "en", 16);

        assertThat(clauses.sentences()).isEqualTo(List.of("this is the first part,", "and then comes the second one"));
        assertThat(spaces.sentences()).isEqualTo(List.of("one two three", "four five six", "seven"));
    }

    @Test
    void aCutDividesNoCharacter() {
        String family = "x👨‍👩‍👧‍👦".repeat(20);
        String accents = "e\u0301\u0323".repeat(30);

        for (int limit = 16; limit < 40; limit++) {
            for (String part : Sentences.of(family, "", limit).sentences()) {
                assertThat(part.replace("x👨‍👩‍👧‍👦", "")
                                .replace("👨‍👩‍👧‍👦", "")
                                .replace("x", ""))
                        .isEmpty();
            }
            for (String part : Sentences.of(accents, "", limit).sentences()) {
                assertThat(part.replace("e\u0301\u0323", "")).isEmpty();
            }
        }
    }
}
