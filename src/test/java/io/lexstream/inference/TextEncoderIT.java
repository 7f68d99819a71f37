package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real bge-small-en-v1.5 behind {@link TextEncoder}. */
class TextEncoderIT {
    private static TextEncoder encoder;
    private static BgeFiles files;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        files = BgeFiles.unpackTo(directory);
        encoder = TextEncoder.open(files.graph(), files.tokenizer(), Pooling.CLS_MEAN, 64, InferenceSettings.DEFAULT);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void textsOfOneMeaningLieCloserThanTextsOfTwo() {
        List<EncodedText> texts = encode(
                "The parcel arrived broken.", "My package was damaged when it came.", "How tall is the Eiffel tower?");

        assertThat(cosine(texts.get(0), texts.get(1))).isGreaterThan(0.75);
        assertThat(cosine(texts.get(0), texts.get(2))).isLessThan(0.6);
    }

    @Test
    void tokenIdsAreThoseOfTheReferenceImplementation() throws Exception {
        try (TextTokenizer tokenizer = TextTokenizer.open(files.tokenizer(), 64, 1)) {
            List<TokenizedText> texts = tokenizer.tokenize(new TextBatch(List.of("Hello, world!", "unbelievable")));

            // As bert-base-uncased has them: [CLS] hello , world ! [SEP] and [CLS] unbelievable [SEP].
            assertThat(texts.get(0).windows().get(0)).containsExactly(101, 7592, 1010, 2088, 999, 102);
            assertThat(texts.get(1).windows().get(0)).containsExactly(101, 23653, 102);
        }
    }

    @Test
    void whatTheVocabularyDoesNotHaveIsCounted() {
        List<EncodedText> texts = encode("plain words", "two \uA9C1 unknown \uA9C2 signs");

        assertThat(texts.get(0).unknownTokens()).isZero();
        assertThat(texts.get(1).unknownTokens()).isEqualTo(2);
    }

    @Test
    void aTextsFeaturesDoNotDependOnItsCompanyInTheBatch() {
        String text = "Great shop, quick delivery!";
        float[] alone = encode(text).get(0).windows().get(0);

        float[] inCompany = encode(
                        "x", text, "a much longer text that makes the short ones wear a lot of padding " + text)
                .get(1)
                .windows()
                .get(0);

        assertThat(inCompany).containsExactly(alone, within(2e-5f));
    }

    @Test
    void aLongTextIsTruncatedAtTheLimitAndSaysSo() {
        EncodedText text = encode("word ".repeat(500)).get(0);

        assertThat(text.truncated()).isTrue();
        assertThat(text.tokens()).isEqualTo(64);
        assertThat(text.windows()).hasSize(1);
    }

    @Test
    void aLongTextIsReadInWindowsWhenTheSettingsAllowThem() throws Exception {
        try (TextEncoder windowed =
                TextEncoder.open(files.graph(), files.tokenizer(), Pooling.CLS, 64, new InferenceSettings(1, 3))) {
            EncodedText fits =
                    windowed.encode(new TextBatch(List.of("word ".repeat(150)))).get(0);
            EncodedText doesNot =
                    windowed.encode(new TextBatch(List.of("word ".repeat(500)))).get(0);

            assertThat(fits.windows()).hasSize(3);
            assertThat(fits.tokens()).isEqualTo(150 + 3 * 2);
            assertThat(fits.truncated()).isFalse();
            assertThat(doesNot.windows()).hasSize(3);
            assertThat(doesNot.truncated()).isTrue();
        }
    }

    @Test
    void nastyTextsGiveFiniteFeatures() {
        List<EncodedText> texts = encode(
                "half a pair \ud83d",
                "\ude00 the other half",
                "nul \u0000 here",
                "\ufeffbom",
                "\u202eright to left",
                "e\u0301\u0301\u0301\u0301\u0301",
                "👩‍👩‍👧‍👦🏳️‍🌈",
                "x".repeat(100_000),
                "a ".repeat(1_000_000),
                "<script>alert(1)</script>",
                "漢字かな交じり文 и кириллица",
                "\u200b");

        for (EncodedText text : texts) {
            assertThat(text.tokens()).isBetween(2, 64);
            for (float value : text.windows().get(0)) {
                assertThat(value).isFinite();
            }
        }
    }

    private static List<EncodedText> encode(String... texts) {
        return encoder.encode(new TextBatch(List.of(texts)));
    }

    private static double cosine(EncodedText a, EncodedText b) {
        float[] x = a.windows().get(0);
        float[] y = b.windows().get(0);
        double product = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < 384; i++) {
            product += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        return product / Math.sqrt(xx * yy);
    }
}
