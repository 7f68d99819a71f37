package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.generation.TinyModelFolder;
import io.lexstream.model.ManifestJson;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceFolderTest {
    @TempDir
    Path directory;

    private static ModelPackage open(Path folder, String task) throws Exception {
        return HuggingFaceFolder.find(folder).orElseThrow().asPackage(Optional.of(task));
    }

    private static List<String> graphs(ModelPackage modelPackage) {
        return modelPackage.manifest().getFiles().stream()
                .filter(file -> file.getPath().endsWith(".onnx"))
                .map(file -> file.getRole() + " " + file.getPath())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross_cache", "plain", "with_past", "merged"})
    void aFolderOfAnyLayoutIsAModelAsItIs(String layout) throws Exception {
        Path plain = TinyModelFolder.write(directory.resolve("plain-one"), "marian", "plain");
        String expected = TinyModelFolder.generate(plain, "encoder_model.onnx", "decoder_model.onnx", "w5 w6 w7");
        Path folder = TinyModelFolder.write(directory.resolve("opus mt"), "marian", layout);

        ModelPackage modelPackage = open(folder, "translation");

        assertThat(modelPackage.manifest().getKind()).isEqualTo("translation");
        assertThat(modelPackage.manifest().getName()).isEqualTo("opus mt");
        assertThat(modelPackage.manifest().getMaxTokens()).isEqualTo(32);
        assertThat(modelPackage.version().version()).matches("folder-[0-9a-f]{12}");
        assertThat(modelPackage.file(FileRole.ENCODER).orElseThrow()).startsWith(folder);
        try (TextModel model = new ModelOpener(InferenceSettings.DEFAULT).open(modelPackage)) {
            Translation said =
                    (Translation) model.run(new TextBatch(List.of("w5 w6 w7"))).get(0);
            assertThat(said.text()).isEqualTo(expected).isNotEmpty();
            assertThat(said.status()).isEqualTo(Translation.Status.TRANSLATED);
        }
    }

    @Test
    void oneGraphWithACacheIsTakenBeforeTwo() throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("all"), "bart", "with_past");
        assertThat(graphs(open(folder, "summary")))
                .containsExactlyInAnyOrder(
                        "ENCODER encoder_model.onnx",
                        "DECODER decoder_model.onnx",
                        "DECODER_WITH_PAST decoder_with_past_model.onnx");

        Files.copy(
                TinyModelFolder.write(directory.resolve("merged"), "bart", "merged")
                        .resolve("onnx/decoder_model_merged.onnx"),
                folder.resolve("onnx/decoder_model_merged.onnx"));

        assertThat(graphs(open(folder, "summary")))
                .containsExactlyInAnyOrder("ENCODER encoder_model.onnx", "DECODER decoder_model_merged.onnx");
    }

    @Test
    void quantisedGraphsAreTakenIfThereAreNoOthers() throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("q"), "t5", "merged");
        for (String name : List.of("encoder_model", "decoder_model_merged")) {
            Files.copy(folder.resolve("onnx/" + name + ".onnx"), folder.resolve("onnx/" + name + "_quantized.onnx"));
        }
        assertThat(graphs(open(folder, "summary"))).allMatch(name -> !name.contains("quantized"));

        Files.delete(folder.resolve("onnx/encoder_model.onnx"));

        assertThat(graphs(open(folder, "summary")))
                .containsExactlyInAnyOrder(
                        "ENCODER encoder_model_quantized.onnx", "DECODER decoder_model_merged_quantized.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"target_tokenizer.json", "tokenizer_target.json"})
    void filesMayLieAtTheTopAndTheTargetMayHaveItsOwnVocabulary(String name) throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("flat"), "marian", "cross_cache");
        for (String graph : List.of("encoder.onnx", "decoder.onnx")) {
            Files.move(folder.resolve("onnx/" + graph), folder.resolve(graph));
        }
        Files.copy(folder.resolve("tokenizer.json"), folder.resolve(name));
        Files.writeString(folder.resolve("generation_config.json"), "{\"max_new_tokens\": 3}");

        ModelPackage modelPackage = open(folder, "translation");

        assertThat(modelPackage.manifest().getFiles())
                .extracting(ModelFile::getRole)
                .containsExactlyInAnyOrder(
                        FileRole.ENCODER,
                        FileRole.DECODER,
                        FileRole.TOKENIZER,
                        FileRole.TARGET_TOKENIZER,
                        FileRole.CONFIG,
                        FileRole.GENERATION_CONFIG);
    }

    @ParameterizedTest
    @CsvSource({"marian, translation", "m2m_100, translation", "pegasus, summary"})
    void theFamilyTellsTheTask(String family, String kind) throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("f"), "marian", "plain");
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"marian\"", "\"" + family + "\""));

        ModelPackage untold = HuggingFaceFolder.find(folder).orElseThrow().asPackage(Optional.empty());

        assertThat(untold.manifest().getKind()).isEqualTo(kind);
        assertThat(untold.version().task()).isEqualTo(kind);
        assertThat(open(folder, "my-task").version().task()).isEqualTo("my-task");
        assertThat(open(folder, "my-task").manifest().getKind()).isEqualTo(kind);
    }

    @Test
    void aModelThatCouldBeForEitherNeedsToBeTold() throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("t5"), "t5", "plain");

        assertThatThrownBy(() -> open(folder, "my-task"))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("say --task translation or --task summary");
        assertThat(open(folder, "summary").manifest().getKind()).isEqualTo("summary");
    }

    @Test
    void aFolderWithoutAFastTokenizerIsRefused() throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("slow"), "marian", "plain");
        Files.delete(folder.resolve("tokenizer.json"));

        assertThatThrownBy(() -> open(folder, "translation"))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("has no tokenizer.json");
    }

    @Test
    void packagesAndOtherFoldersAreNone() throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("package"), "marian", "plain");
        assertThat(HuggingFaceFolder.find(folder)).isPresent();
        Files.writeString(folder.resolve(ManifestJson.FILE_NAME), "{}");

        assertThat(HuggingFaceFolder.find(folder)).isEmpty();
        assertThat(HuggingFaceFolder.find(directory)).isEmpty();
        assertThat(HuggingFaceFolder.find(directory.resolve("nowhere"))).isEmpty();
    }
}
