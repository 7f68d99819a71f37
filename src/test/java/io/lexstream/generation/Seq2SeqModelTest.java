package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.ModelRejectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Seq2SeqModelTest {
    private static final String FORTY_WORDS = "w7 w9 w12 w20 ".repeat(10);

    @TempDir
    Path folder;

    private Seq2SeqFiles files =
            new Seq2SeqFiles(Path.of(""), Path.of(""), Optional.empty(), Path.of(""), Optional.empty());

    @BeforeEach
    void write() throws Exception {
        TinySeq2Seq model = new TinySeq2Seq(TinyTransformer.Shape.BART, 33);
        files = model.write(folder, Seq2SeqLayout.WITH_PAST);
        model.config(folder);
    }

    private GenerationConfig config() throws Exception {
        return GenerationConfig.read(folder.resolve("config.json"), Optional.empty(), "translation");
    }

    private Seq2SeqModel open() throws Exception {
        return Seq2SeqModel.open(files, config(), false, 1);
    }

    @Test
    void aTextComesOutInTheWordsOfTheTargetVocabulary() throws Exception {
        Path other = TinySeq2Seq.tokenizer(folder.resolve("target_tokenizer.json"), "z");
        Seq2SeqFiles twoVocabularies = new Seq2SeqFiles(
                files.encoder(), files.decoder(), files.decoderWithPast(), files.tokenizer(), Optional.of(other));

        try (Seq2SeqModel one = open();
                Seq2SeqModel two = Seq2SeqModel.open(twoVocabularies, config(), false, 1)) {
            Generated same = one.generateFrom(List.of("w5 w6")).get(0);
            Generated foreign = two.generateFrom(List.of("w5 w6")).get(0);

            assertThat(same.tokens()).startsWith(TinySeq2Seq.BEGIN).hasSizeGreaterThan(2);
            assertThat(same.text()).matches("w\\d+( w\\d+)*").doesNotContain("<s>");
            assertThat(foreign.text()).isEqualTo(same.text().replace('w', 'z'));
            assertThat(foreign.tokens()).isEqualTo(same.tokens());
        }
    }

    @Test
    void ofALongSourceTheBeginningIsReadAndItsEndTokenAndThatIsSaid() throws Exception {
        try (Seq2SeqModel model = open()) {
            SourceTokens cut = model.tokenize(List.of(FORTY_WORDS)).get(0);
            SourceTokens whole = model.tokenize(List.of("w7 w9")).get(0);

            assertThat(cut.ids()).hasSize(32).startsWith(7L, 9L, 12L, 20L, 7L).endsWith(20L, 7L, 9L, 12L, 1L);
            assertThat(whole.ids()).containsExactly(7L, 9L, 1L);
            assertThat(model.generateFrom(List.of(FORTY_WORDS, "w7")).stream().map(Generated::truncatedSource))
                    .containsExactly(true, false);
        }
    }

    @Test
    void thePrefixIsReadBeforeTheText() throws Exception {
        Files.writeString(
                folder.resolve("config.json"),
                Files.readString(folder.resolve("config.json")).replaceFirst("\\{", "{\"prefix\": \"w20 w21 \","));

        try (Seq2SeqModel model = open()) {
            assertThat(model.tokenize(List.of("  w7\n")).get(0).ids()).containsExactly(20L, 21L, 7L, 1L);
        }
    }

    @Test
    void nastyTextsGiveOneTextEach() throws Exception {
        List<String> nasty = List.of(
                "",
                "   ",
                "\ud83d",
                "\u0000",
                "\ufffd\ufeff",
                "x".repeat(200_000),
                "w5 ".repeat(50_000),
                "e\u0301".repeat(999));

        try (Seq2SeqModel model = open()) {
            List<Generated> generated = model.generateFrom(nasty);

            assertThat(generated)
                    .hasSameSizeAs(nasty)
                    .allMatch(text -> !text.tokens().isEmpty());
            assertThat(generated.get(6).truncatedSource()).isTrue();
        }
        try (Seq2SeqModel model = open()) {
            assertThat(model.generateFrom(List.of())).isEmpty();
        }
    }

    @Test
    void anEncoderIsNoDecoder() {
        Seq2SeqFiles noDecoder = new Seq2SeqFiles(
                files.encoder(), files.encoder(), Optional.empty(), files.tokenizer(), Optional.empty());

        assertThatThrownBy(() -> Seq2SeqModel.open(noDecoder, config(), false, 1))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("the decoder has inputs that are not known: [attention_mask]");
    }

    @Test
    void aDecoderThatNeedsAPastIsNoFirstDecoder() {
        Seq2SeqFiles onlyLater = new Seq2SeqFiles(
                files.encoder(),
                files.decoderWithPast().orElseThrow(),
                Optional.empty(),
                files.tokenizer(),
                Optional.empty());

        assertThatThrownBy(() -> Seq2SeqModel.open(onlyLater, config(), false, 1))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("it is a decoder_with_past, and the decoder is missing");
    }

    @Test
    void aFirstDecoderWithoutPresentDoesNotFitOneWithPast() throws Exception {
        Seq2SeqFiles plain =
                new TinySeq2Seq(TinyTransformer.Shape.BART, 33).write(folder.resolve("plain"), Seq2SeqLayout.PLAIN);
        Seq2SeqFiles mixed = new Seq2SeqFiles(
                files.encoder(), plain.decoder(), files.decoderWithPast(), files.tokenizer(), Optional.empty());

        assertThatThrownBy(() -> Seq2SeqModel.open(mixed, config(), false, 1))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("the decoder gives no present.*");
    }

    @Test
    void brokenFilesAreRefused() throws Exception {
        Files.write(files.encoder(), new byte[] {1, 2, 3});
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("the encoder: the graph is refused");

        Files.writeString(files.tokenizer(), "{}");
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("tokenizer.json does not load");
    }
}
