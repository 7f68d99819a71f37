package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.generation.TinyModelFolder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ManifestJson;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that generate text, opened as a processor opens them. */
class TextGeneratorTest {
    private static final String SOURCE = "w5 w6 w7";

    @TempDir
    Path directory;

    private final ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);
    private Path folder = Path.of("");
    private String expected = "";

    @BeforeEach
    void write() throws Exception {
        folder = TinyModelFolder.write(directory.resolve("model"), "marian", "cross_cache");
        expected = TinyModelFolder.generate(folder, "encoder.onnx", "decoder.onnx", SOURCE);
        assertThat(expected).isNotEmpty();
    }

    private static ModelManifest manifest(String kind) {
        ModelManifest manifest = ManifestJson.draft(kind, "tiny", "1");
        manifest.setKind(kind);
        manifest.setMaxTokens(16);
        return manifest;
    }

    private PackageWriter writer(ModelManifest manifest) throws IOException {
        return new PackageWriter(manifest)
                .add(FileRole.ENCODER, "encoder.onnx", folder.resolve("onnx/encoder.onnx"))
                .add(FileRole.DECODER, "decoder.onnx", folder.resolve("onnx/decoder.onnx"))
                .add(FileRole.TOKENIZER, "tokenizer.json", folder.resolve("tokenizer.json"))
                .add(FileRole.CONFIG, "config.json", folder.resolve("config.json"));
    }

    private ModelPackage write(String name, PackageWriter writer) throws Exception {
        return writer.write(directory.resolve(name), new ContentStore(directory.resolve("store")));
    }

    private static WrittenText read(TextModel model, String text) {
        return (WrittenText) model.run(new TextBatch(List.of(text))).get(0);
    }

    @Test
    void aTranslationModelThatTellsNoLanguagesGetsEveryTextAsItIs() throws Exception {
        try (TextModel model = opener.open(write("package", writer(manifest("translation"))))) {
            Translation said = (Translation) read(model, SOURCE);

            assertThat(said.text()).isEqualTo(expected);
            assertThat(said.status()).isEqualTo(Translation.Status.TRANSLATED);
            assertThat(said.tokens()).isEqualTo(expected.split(" ").length);
            assertThat(said.score()).isNegative();
            assertThat(said.sourceLanguage()).isEmpty();
        }
    }

    @Test
    void oneThatTellsLanguagesLeavesTheTargetLanguageAlone() throws Exception {
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "\\{",
                                "{\"lexstream\": {\"source_languages\": [\"de\"], \"target_language\": \"en\"},"));

        try (TextModel model = opener.open(write("package", writer(manifest("translation"))))) {
            Translation english = (Translation) read(model, "The lamp arrived broken and nobody answers my mails.");
            Translation german = (Translation) read(model, "Die Lampe kam kaputt an und niemand antwortet mir.");

            assertThat(english.status()).isEqualTo(Translation.Status.UNCHANGED);
            assertThat(german.status()).isEqualTo(Translation.Status.TRANSLATED);
        }
    }

    @Test
    void aLanguageThatNobodyCanTellIsRefused() throws Exception {
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "\\{",
                                "{\"lexstream\": {\"source_languages\": [\"xx\"], \"target_language\": \"en\"},"));

        assertThatThrownBy(() -> opener.open(write("package", writer(manifest("translation")))))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("languages that cannot be identified: xx");
    }

    @Test
    void anAbstractiveSummaryIsAGeneratedText() throws Exception {
        try (TextModel model = opener.open(write("package", writer(manifest("summary"))))) {
            GeneratedText said = (GeneratedText) read(model, SOURCE);

            assertThat(said.text()).isEqualTo(expected);
            assertThat(said.deadlineReached()).isFalse();
            assertThat(read(model, "w7 ".repeat(40)).truncated()).isTrue();
        }
    }

    @Test
    void aTextCostsWhatIsReadAndWhatWillBeWritten() throws Exception {
        try (TextModel model = opener.open(write("package", writer(manifest("summary"))))) {
            int[] lengths = model.lengths(new TextBatch(List.of("w5", SOURCE, "w7 ".repeat(40))));

            // With the end token; at most 8 more than the source is expected, and at most 12 are ever generated.
            assertThat(lengths).containsExactly(2 + 10, 4 + 12, 16 + 12);
        }
    }

    @Test
    void whatTheModelWroteWhereItWasMadeItMustWriteHere() throws Exception {
        ModelManifest right = manifest("translation");
        right.setGoldenCases(List.of(new GoldenCase(SOURCE, expected, Map.of())));
        opener.open(write("right", writer(right))).close();

        ModelManifest wrong = manifest("translation");
        wrong.setGoldenCases(List.of(new GoldenCase(SOURCE, expected + " w4", Map.of())));
        assertThatThrownBy(() -> opener.open(write("wrong", writer(wrong))))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("golden case 0");
    }

    @Test
    void graphsThatDoNotFitAreRefusedWhenTheyAreOpened() throws Exception {
        PackageWriter swapped = new PackageWriter(manifest("translation"))
                .add(FileRole.ENCODER, "encoder.onnx", folder.resolve("onnx/decoder.onnx"))
                .add(FileRole.DECODER, "decoder.onnx", folder.resolve("onnx/encoder.onnx"))
                .add(FileRole.TOKENIZER, "tokenizer.json", folder.resolve("tokenizer.json"))
                .add(FileRole.CONFIG, "config.json", folder.resolve("config.json"));

        assertThatThrownBy(() -> opener.open(write("swapped", swapped)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("inputs that are not known");
    }

    @Test
    void aPackageHasNoGraphThatNobodyReads() throws Exception {
        PackageWriter passenger =
                writer(manifest("translation")).add(FileRole.GRAPH, "model.onnx", folder.resolve("onnx/encoder.onnx"));

        assertThatThrownBy(() -> opener.open(write("passenger", passenger)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("the encoder: the graph is refused: both graphs have a value");
    }
}
