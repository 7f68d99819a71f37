package io.lexstream.trainer.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lexstream.language.Masks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vocabulary of a few sentences, as written for other readers: Hugging Face's tokenizers are the judge. */
class VocabularyTest {
    private static final List<String> TEXTS = List.of(
            "The kettle arrived broken and the shop did not answer.",
            "Der Wasserkocher kam kaputt an, und der Laden hat nicht geantwortet.",
            "La bouilloire est arrivée cassée et le magasin n'a pas répondu.",
            "¡La tetera llegó rota y la tienda no contestó! ¿Qué hago?",
            "GREAT kettle, great price. Great! Ich liebe den Wasserkocher. L'ÉTÉ à Paris.",
            "Order 12345 of 3.5.2024 cost 12,50 €. Thank you 😀 😀");

    @TempDir
    static Path directory;

    private static Vocabulary vocabulary;
    private static HuggingFaceTokenizer tokenizer;

    @BeforeAll
    static void train() throws IOException {
        vocabulary = trained(TEXTS);
        Path file = Files.write(directory.resolve("tokenizer.json"), TokenizerJson.write(vocabulary));
        tokenizer = HuggingFaceTokenizer.builder()
                .optTokenizerPath(file)
                .optAddSpecialTokens(true)
                .optPadding(false)
                .optTruncation(false)
                .build();
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The kettle arrived broken.",
                "GREAT product! Great, great. iPhone, iPHone, USB3, (OK), E-MAIL, L'ÉTÉ, McDonald, A, I'M HERE, ÄÖÜß",
                "Größe, Straße, STRASSE, STRAßE, œuvre, ŒUVRE, señor, ¿QUÉ?, garçon",
                "Привет, МИР! Как дела?",
                "Καλημέρα ΣΑΣ, Ελλάδα",
                "你好，世界。こんにちは、セカイ！ 안녕하세요 세계",
                "مرحبا بالعالم، שלום עולם",
                "नमस्ते दुनिया, สวัสดีชาวโลก, გამარჯობა, Բարեւ ԱՇԽԱՐՀ",
                "😀 👩‍👩‍👧 🏳️‍🌈 ❤️ 👍🏽 🇩🇪",
                "\u0301 x\u0323\u0307 \u0301\u0301 ab\u0489",
                "a\u0000b \uFEFF \u200D \u202E abc \uFFFD \u00AD",
                "[1] ([2]) a[3]b ...[4][5]! [10] [x] [ 6 ]",
                "10,5 % 12:30 3.5.2024 #42 a@b.example http://x.example/?q=1&r=2 <b>x</b> </s> {\"a\":[1]}",
                "NOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO!",
                "ᾼ ǅ İstanbul ẞ ﬁ Ⅳ ½ m² №",
                "'' ’s ' don't 'tis l'",
                "....... ??? !!! --- ___ ,,",
                "x"
            })
    void whatIsCutComesBackWhole(String text) {
        long[] ids = tokenizer.encode(text).getIds();

        assertThat(tokenizer.decode(ids, true)).isEqualTo(NormalText.of(text));
        assertThat(ids).as("nothing is unknown").doesNotContain(Vocabulary.UNKNOWN);
        assertThat(ids).as("the trainer's encoder agrees").isEqualTo(longs(text));
    }

    @Test
    void anyMixOfCharactersIsCutAsOtherReadersCutIt() {
        Random random = new Random(5);
        String pool =
                String.join("", TEXTS) + "ABCDEFGabcdefg  ''-.,!?ÉÀéà\u0301\u0308ßЖж你😀\u200D▁⇧⇪«»“„…\t\u00A0\u202F";
        int[] characters = pool.codePoints().toArray();
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length >= 0; length--) {
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            }

            long[] ids = tokenizer.encode(text.toString()).getIds();

            assertThat(ids).as("%s", text).isEqualTo(longs(text.toString()));
            assertThat(tokenizer.decode(ids, true)).isEqualTo(NormalText.of(text.toString()));
        }
    }

    @Test
    void greatAndItsLouderFormsShareTheirPieces() {
        int[] small = encode("great");
        int[] capital = encode("Great");
        int[] capitals = encode("GREAT");

        assertThat(Arrays.copyOfRange(capital, 1, capital.length)).isEqualTo(small);
        assertThat(Arrays.copyOfRange(capitals, 1, capitals.length)).isEqualTo(small);
        assertThat(capital[0]).isNotEqualTo(capitals[0]);
    }

    @Test
    void theOrderOfTheTextsDoesNotMatter() {
        List<String> shuffled = new ArrayList<>(TEXTS);
        Collections.shuffle(shuffled, new Random(3));

        assertThat(TokenizerJson.write(trained(shuffled))).isEqualTo(TokenizerJson.write(vocabulary));
    }

    @Test
    void aWrittenVocabularyReadsBackAsItWas() throws IOException {
        assertThat(TokenizerJson.read(TokenizerJson.write(vocabulary))).isEqualTo(vocabulary);
        assertThatThrownBy(() -> TokenizerJson.read("{\"model\":{}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not made by this trainer");
    }

    @Test
    void theMostFrequentPairsAreMergedFirst() {
        VocabularyTraining training = new VocabularyTraining(330, 1);
        training.add("low low low low lowest");

        Vocabulary small = training.train();

        int fixed = 3 * Masks.placeholders().size();
        assertThat(small.merges().get(fixed))
                .satisfies(
                        merge -> assertThat(small.tokens().get(merge.whole())).isIn("lo", "ow", "▁l"));
        assertThat(small.tokens()).contains("▁low").doesNotContain("▁lowest");
        assertThat(new VocabularyEncoder(small).encode("low")).hasSize(2).endsWith(Vocabulary.END);
    }

    @Test
    void whatStandsForSomethingMaskedIsOneToken() {
        for (String placeholder : Masks.placeholders()) {
            assertThat(encode(placeholder)).hasSize(2);
            assertThat(encode("Order " + placeholder + ", (" + placeholder + ")"))
                    .containsOnlyOnce(encode(placeholder)[0])
                    .isEqualTo(tokens("Order " + placeholder + ", (" + placeholder + ")"));
        }
        assertThat(encode("[12] [0] [a]").length).isEqualTo(tokens("[12] [0] [a]").length);
    }

    @Test
    void itNeverHasMoreTokensThanAskedFor() {
        assertThat(vocabulary.size()).isLessThanOrEqualTo(460);
        assertThatThrownBy(() -> new VocabularyTraining(100, 1)).hasMessageContaining("got 100");
    }

    private static Vocabulary trained(List<String> texts) {
        VocabularyTraining training = new VocabularyTraining(460, 2);
        texts.forEach(training::add);
        return training.train();
    }

    private static int[] tokens(String text) {
        return Arrays.stream(tokenizer.encode(text).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static int[] encode(String text) {
        return new VocabularyEncoder(vocabulary).encode(text);
    }

    private static long[] longs(String text) {
        return IntStream.of(encode(text)).asLongStream().toArray();
    }
}
