package io.lexstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that nobody writes and somebody sends: taken apart in time, none too long, and whole again. */
class NastySentencesTest {
    private static final int MANY = 100_000;
    private static final int LIMIT = 400;

    static Stream<String> manyOfOne() {
        return Stream.of(
                        "a",
                        "ä",
                        "漢",
                        "😀",
                        "👨‍👩‍👧",
                        "1",
                        ".",
                        "!",
                        " ",
                        "\n",
                        "a.",
                        "a. ",
                        ". ",
                        "! ",
                        ".A",
                        "Ab.Ab",
                        "x@",
                        "a@b.",
                        "@",
                        "www.",
                        "http://",
                        "http://.",
                        "a-",
                        "- ",
                        "( ",
                        ".(",
                        ". \"",
                        "…",
                        "。",
                        "Dr. ",
                        "3. ",
                        "1) ",
                        "> ",
                        "\u0301",
                        "e\u0301",
                        "\u200D",
                        "\uD83D",
                        "\uDE00",
                        "\u202E",
                        "\u0000",
                        "a.com/",
                        "%",
                        "aB",
                        "#",
                        "# ",
                        "5 €",
                        "1.",
                        "1,",
                        "1-",
                        "+49 ",
                        "Слово. ",
                        "كلمة؟ ",
                        "\uFE0F",
                        "1️⃣",
                        "A1-",
                        ":-) ",
                        "_")
                .map(unit -> unit.repeat(MANY / unit.length()));
    }

    @ParameterizedTest
    @MethodSource("manyOfOne")
    void aHundredThousandCharactersTakeNoTime(String text) {
        Sentences sentences = assertTimeout(Duration.ofSeconds(3), () -> Sentences.of(text));

        assertWhole(text, sentences);
    }

    @Test
    void anyMixOfCharactersComesBackAsItWas() {
        List<String> units = List.of(
                "a",
                "B",
                "ß",
                "Dr",
                "z",
                "5",
                ".",
                ".",
                "!",
                "?",
                "…",
                " ",
                " ",
                "\n",
                "\r\n",
                "\"",
                "“",
                "„",
                "»",
                "« ",
                "(",
                ")",
                "- ",
                "1. ",
                "😀",
                "👨‍👩‍👧",
                "🇩🇪",
                "\uD83D",
                "\u0301",
                "。",
                "漢",
                "И",
                "ش",
                "@",
                "a@b.de",
                "http://x.y/?z",
                "\u2028",
                "\u00A0",
                "\u0000",
                "#",
                "#ok");
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(80);
            for (int i = 0; i < length; i++) {
                text.append(units.get(random.nextInt(units.size())));
            }
            assertWhole(text.toString(), Sentences.of(text.toString(), "de", 40), 40);
        }
    }

    private static void assertWhole(String text, Sentences sentences) {
        assertWhole(text, sentences, LIMIT);
    }

    private static void assertWhole(String text, Sentences sentences, int limit) {
        assertThat(sentences.text()).isEqualTo(text);
        assertThat(sentences.sentences()).extracting(String::length).allMatch(length -> length > 0 && length <= limit);
    }
}
