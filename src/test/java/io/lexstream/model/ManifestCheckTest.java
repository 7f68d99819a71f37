package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCheckTest {
    private static final PackageLimits LIMITS = new PackageLimits(1_000, 1_500, 4);

    @Test
    void aSoundManifestPasses() {
        assertThatCode(() -> ManifestCheck.check(Samples.manifest("spam", "1.0-rc_2"), LIMITS))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("format version 2 is unknown", manifest -> manifest.setFormatVersion(2)),
                mistake("task ''", manifest -> manifest.setTask("")),
                mistake("task 'a@b' must be", manifest -> manifest.setTask("a@b")),
                mistake("version '../1' must be", manifest -> manifest.setVersion("../1")),
                mistake("must be 1 to 100", manifest -> manifest.setVersion("1".repeat(101))),
                mistake("name is blank", manifest -> manifest.setName(" ")),
                mistake("kind 'oracle' is unknown", manifest -> manifest.setKind("oracle")),
                mistake("must be two or more", manifest -> manifest.setLabels(List.of("spam"))),
                mistake("must be two or more", manifest -> manifest.setLabels(List.of("spam", "spam"))),
                mistake("a label is blank", manifest -> manifest.setLabels(List.of("ham", "spam", " "))),
                mistake("pooling 'max' is unknown", manifest -> manifest.setPooling("max")),
                mistake("needs a file with the role HEAD", manifest -> manifest.setPooling("cls")),
                mistake("needs pooling", manifest -> addFile(manifest, FileRole.HEAD, "head.onnx", 1)),
                mistake("ADAPTER needs pooling", manifest -> addFile(manifest, FileRole.ADAPTER, "a.safetensors", 1)),
                mistake("precisions [] must be", manifest -> manifest.setPrecisions(List.of())),
                mistake("precisions [int8] must be", manifest -> manifest.setPrecisions(List.of("int8"))),
                mistake("must be fp32", manifest -> manifest.setPrecisions(List.of("fp32", "fp16"))),
                mistake("none twice", manifest -> manifest.setPrecisions(List.of("fp32", "int8", "int8"))),
                mistake("maxTokens 3 ", manifest -> manifest.setMaxTokens(3)),
                mistake("maxTokens 32769 ", manifest -> manifest.setMaxTokens(32_769)),
                mistake("goldenTolerance NaN", manifest -> manifest.setGoldenTolerance(Double.NaN)),
                mistake("label 'eggs' is none of", manifest -> golden(manifest, "eggs", Map.of())),
                mistake("label 'eggs' is none of", manifest -> golden(manifest, "spam", Map.of("eggs", 1.0))),
                mistake("'spam' is Infinity", manifest -> golden(manifest, "spam", Map.of("spam", 1 / 0.0))),
                mistake("metrics: 'f1' is NaN", manifest -> manifest.setMetrics(Map.of("f1", Double.NaN))),
                mistake(
                        "no file has the role GRAPH",
                        manifest -> manifest.getFiles().get(0).setRole(FileRole.OTHER)),
                mistake(
                        "no file has the role TOKENIZER",
                        manifest -> manifest.getFiles().get(1).setRole(FileRole.CARD)),
                mistake("no file has the role ENCODER", ManifestCheckTest::translates),
                mistake("no file has the role DECODER", manifest -> {
                    translates(manifest);
                    manifest.getFiles().get(0).setRole(FileRole.ENCODER);
                }),
                mistake("labels [ham, spam] must be none", manifest -> manifest.setKind("translation")),
                mistake("ENCODER, which a model of kind", manifest -> addFile(manifest, FileRole.ENCODER, "e.onnx", 1)),
                mistake("two files have the role", manifest -> addFile(manifest, FileRole.GRAPH, "b.onnx", 1)),
                mistake("two files have the path", manifest -> addFile(manifest, FileRole.OTHER, "model.onnx", 1)),
                mistake("length -1 is negative", manifest -> addFile(manifest, FileRole.OTHER, "x", -1)),
                mistake("1001 bytes are more than", manifest -> addFile(manifest, FileRole.OTHER, "x", 1_001)),
                mistake("the limit of a package", manifest -> {
                    addFile(manifest, FileRole.OTHER, "x", 1_000);
                    addFile(manifest, FileRole.OTHER, "y", 1_000);
                }),
                mistake("5 files are more than", manifest -> {
                    addFile(manifest, FileRole.OTHER, "x", 1);
                    addFile(manifest, FileRole.OTHER, "y", 1);
                    addFile(manifest, FileRole.OTHER, "z", 1);
                }),
                mistake(
                        "64 lower-case hex",
                        manifest -> manifest.getFiles().get(0).setSha256("A".repeat(64))),
                mistake(
                        "64 lower-case hex",
                        manifest -> manifest.getFiles().get(0).setSha256("")),
                mistake(
                        "offset 4 follows 4",
                        manifest -> manifest.getFiles().get(0).setChunkOffsets(List.of(4L, 4L))),
                mistake(
                        "offset 3 follows 4",
                        manifest -> manifest.getFiles().get(0).setChunkOffsets(List.of(4L, 3L))),
                mistake(
                        "offset -9 follows",
                        manifest -> manifest.getFiles().get(0).setChunkOffsets(List.of(-9L))));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsRejectedWithAMessageThatNamesIt(String message, Consumer<ModelManifest> mistake) {
        ModelManifest manifest = Samples.manifest("spam", "1");

        mistake.accept(manifest);

        assertThatThrownBy(() -> ManifestCheck.check(manifest, LIMITS))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "a/..",
                "..",
                ".",
                "./x",
                "a//x",
                "a/",
                "a\\x",
                "C:/x",
                "a\nb",
                "a\u0000b",
                "manifest.json",
                " "
            })
    void aPathThatIsNotPlainlyInsideThePackageIsRejected(String path) {
        ModelManifest manifest = Samples.manifest("spam", "1");

        manifest.getFiles().get(0).setPath(path);

        assertThatThrownBy(() -> ManifestCheck.check(manifest, LIMITS))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("file path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a/b/c.onnx", "..a", "a..b", "größe.json", "two words.txt"})
    void anOrdinaryPathPasses(String path) {
        ModelManifest manifest = Samples.manifest("spam", "1");

        manifest.getFiles().get(0).setPath(path);

        assertThatCode(() -> ManifestCheck.check(manifest, LIMITS)).doesNotThrowAnyException();
    }

    @Test
    void whatGeneratesTextHasNoHeadAndNoAdapterOfNothing() {
        for (FileRole role : List.of(FileRole.HEAD, FileRole.ADAPTER)) {
            ModelManifest manifest = Samples.manifest("spam", "1");
            generates(manifest);
            addFile(manifest, role, "more.bin", 1);

            assertThatThrownBy(() -> ManifestCheck.check(manifest, PackageLimits.DEFAULT))
                    .isInstanceOf(ModelRejectedException.class)
                    .hasMessageContaining(
                            role == FileRole.HEAD
                                    ? "HEAD, which a model that generates"
                                    : "ADAPTER needs one with the role GRAPH");
        }
    }

    @Test
    void whatGeneratesTextMayDoSoBehindAPretrainedGraphAndItsAdapter() {
        ModelManifest manifest = Samples.manifest("spam", "1");
        generates(manifest);
        manifest.getFiles().get(0).setSha256("d".repeat(64));
        addFile(manifest, FileRole.GRAPH, "base.onnx", 1);
        addFile(manifest, FileRole.ADAPTER, "a.safetensors", 1);

        assertThatCode(() -> ManifestCheck.check(manifest, PackageLimits.DEFAULT))
                .doesNotThrowAnyException();
    }

    private static Arguments mistake(String message, Consumer<ModelManifest> mistake) {
        return Arguments.of(message, Named.of("mistake", mistake));
    }

    private static void translates(ModelManifest manifest) {
        manifest.setKind("translation");
        manifest.setLabels(List.of());
        manifest.setGoldenCases(List.of());
    }

    /** Of four files: encoder, tokenizer, decoder, settings. */
    private static void generates(ModelManifest manifest) {
        translates(manifest);
        manifest.getFiles().get(0).setRole(FileRole.ENCODER);
        addFile(manifest, FileRole.DECODER, "decoder.onnx", 1);
        addFile(manifest, FileRole.CONFIG, "config.json", 1);
    }

    private static void addFile(ModelManifest manifest, FileRole role, String path, long bytes) {
        List<ModelFile> files = new ArrayList<>(manifest.getFiles());
        files.add(new ModelFile(role, path, "c".repeat(64), bytes, List.of()));
        manifest.setFiles(files);
    }

    private static void golden(ModelManifest manifest, String label, Map<String, Double> scores) {
        manifest.setGoldenCases(List.of(new GoldenCase("text", label, scores)));
    }
}
