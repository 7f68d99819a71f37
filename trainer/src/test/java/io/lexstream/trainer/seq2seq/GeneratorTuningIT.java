package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.generation.TinyModelFolder;
import io.lexstream.inference.HuggingFaceFolder;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.WrittenText;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ManifestJson;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.onnx.StoredWeights;
import io.lexstream.onnx.Tensors;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.tuning.TuningMethod;
import io.lexstream.trainer.vocabulary.TokenizerJson;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Imported models learn a few pairs by heart, and say them where they are served. */
class GeneratorTuningIT {
    /** Without w6, w11, w17 and w22 in the targets: they end a text. */
    private static final List<TextPair> TAUGHT =
            List.of(new TextPair("w5 w7 w9", "w14 w18"), new TextPair("w12 w13", "w10 w21"));

    @TempDir
    Path directory;

    private final ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);

    static Stream<Arguments> models() {
        return ImportedGraphTest.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theServedModelSaysWhatLowRankMatricesWereTaught(String family, String layout) throws Exception {
        ModelPackage parent = folder(family, layout);

        GeneratorTuning.Outcome outcome = tune(parent, rows(TAUGHT), options(TuningMethod.LORA, 400), "out");

        assertThat(outcome.after().loss()).isLessThan(outcome.before().loss() / 2);
        assertSaid(outcome.modelPackage(), TAUGHT);
        assertThat(roles(outcome.modelPackage())).isEqualTo(roles(parent));
        ModelManifest manifest = outcome.modelPackage().manifest();
        assertThat(manifest.getParent()).isEqualTo(parent.version().version());
        assertThat(manifest.getMetrics())
                .containsEntry("dev/crossEntropy", outcome.after().loss());
        assertThat(directory.resolve("out.checkpoint")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"marian, with_past", "t5, merged", "bart, plain"})
    void andWhatAllItsWeightsWereTaught(String family, String layout) throws Exception {
        ModelPackage parent = folder(family, layout);

        GeneratorTuning.Outcome outcome =
                tune(parent, rows(TAUGHT), options(TuningMethod.FULL, 250).withLearningRate(2e-2), "out");

        assertSaid(outcome.modelPackage(), TAUGHT);
    }

    @Test
    void lowRankMatricesLeaveTablesNormsAndBiasesAsTheyAre() throws Exception {
        ModelPackage parent = folder("marian", "with_past");

        ModelPackage child = tune(parent, rows(TAUGHT), options(TuningMethod.LORA, 20), "out")
                .modelPackage();

        for (FileRole role : List.of(FileRole.ENCODER, FileRole.DECODER, FileRole.DECODER_WITH_PAST)) {
            Map<String, TensorProto> before = weights(parent, role);
            weights(child, role).forEach((name, tensor) -> {
                boolean adapted = name.endsWith(".weight");
                assertThat(tensor.equals(before.get(name)))
                        .as(role + " " + name)
                        .isNotEqualTo(adapted);
            });
        }
    }

    @Test
    void everyGraphOfThePackageGetsTheSameWeight() throws Exception {
        ModelPackage child = tune(folder("t5", "with_past"), rows(TAUGHT), options(TuningMethod.FULL, 10), "out")
                .modelPackage();

        Map<String, TensorProto> first = weights(child, FileRole.DECODER);
        Map<String, TensorProto> later = weights(child, FileRole.DECODER_WITH_PAST);
        assertThat(later).hasSizeGreaterThan(10);
        later.forEach((name, tensor) -> assertThat(tensor).as(name).isEqualTo(first.get(name)));
    }

    @Test
    void aRunThatWasStoppedEndsAsOneThatWasNot() throws Exception {
        ModelPackage parent = folder("bart", "merged");
        GeneratorTuningOptions options = options(TuningMethod.LORA, 30);
        GeneratorTuning.Outcome whole = tune(parent, rows(TAUGHT), options, "whole");
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> tuning(() -> asked.incrementAndGet() > 13)
                        .run(parent, rows(TAUGHT), rows(TAUGHT), options, "2", directory.resolve("stopped")))
                .isInstanceOf(CancellationException.class);
        assertThat(directory.resolve("stopped.checkpoint")).exists();
        GeneratorTuning.Outcome resumed = tune(parent, rows(TAUGHT), options, "stopped");

        assertThat(resumed.curve()).isEqualTo(whole.curve());
        assertThat(resumed.modelPackage().entry(FileRole.DECODER).orElseThrow().getSha256())
                .isEqualTo(whole.modelPackage()
                        .entry(FileRole.DECODER)
                        .orElseThrow()
                        .getSha256());
    }

    @Test
    void aPackageOfOursStaysPackedAndItsPairsAreMasked() throws Exception {
        List<TextPair> pairs = List.of(
                new TextPair("Die Bestellung 48213 fehlt.", "Order 48213 is missing."),
                new TextPair("Der Kaffee war kalt.", "The coffee was cold."));
        ModelPackage parent = ours(pairs);

        GeneratorTuning.Outcome outcome =
                tune(parent, rows(pairs), options(TuningMethod.FULL, 300).withLearningRate(2e-3), "out");

        ModelFile decoder = outcome.modelPackage().entry(FileRole.DECODER).orElseThrow();
        assertThat(decoder.getBytes())
                .isEqualTo(parent.entry(FileRole.DECODER).orElseThrow().getBytes());
        assertSaid(
                outcome.modelPackage(),
                List.of(new TextPair("Die Bestellung 77001 fehlt.", "Order 77001 is missing."), pairs.get(1)));
    }

    @Test
    void whatCannotBeTrainedIsSaidInOneLine() throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve("model"), "bart", "plain");
        Path encoder = folder.resolve("onnx/encoder_model.onnx");
        ModelProto model = GraphFile.read(encoder);
        GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
        for (NodeProto node : model.getGraph().getNodeList()) {
            graph.addNode(
                    node.getOpType().equals("Softmax") ? node.toBuilder().setOpType("Hardmax") : node.toBuilder());
        }
        Files.write(encoder, model.toBuilder().setGraph(graph).build().toByteArray());
        ModelPackage parent = HuggingFaceFolder.find(folder).orElseThrow().asPackage(Optional.of("translation"));

        assertThatThrownBy(() -> tune(parent, rows(TAUGHT), options(TuningMethod.LORA, 10), "out"))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("translation@folder-\\w+ cannot be trained: the trainer does not know the operator"
                        + " Hardmax \\(node .+\\)");
        assertThatThrownBy(() -> tune(folder("t5", "plain"), List.of(), options(TuningMethod.LORA, 10), "out"))
                .isInstanceOf(DataException.class)
                .hasMessage("no pair is left to train on");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private ModelPackage folder(String family, String layout) throws Exception {
        Path folder = TinyModelFolder.write(directory.resolve(family + "-" + layout), family, layout);
        return HuggingFaceFolder.find(folder).orElseThrow().asPackage(Optional.of("translation"));
    }

    /** Untrained, of the two graphs that our trainer writes, packed; reads German with masks. */
    private ModelPackage ours(List<TextPair> pairs) throws Exception {
        VocabularyTraining training = new VocabularyTraining(360, 1);
        pairs.forEach(pair -> training.add(pair.source()).add(pair.target()));
        Vocabulary vocabulary = training.train();
        Seq2SeqShape shape = new Seq2SeqShape(vocabulary.size(), 64, 2, 128, 1, 1, 64, false);
        Seq2SeqBuilder builder = new Seq2SeqBuilder(shape, Seq2SeqWeights.fresh(3));
        ScratchConfig config =
                new ScratchConfig(shape, new Purpose.Translation(new Languages(List.of("de"), "en"), 1, 0), 1);
        ModelManifest manifest = ManifestJson.draft("translation", "ours", "1");
        manifest.setKind("translation");
        manifest.setMaxTokens(64);
        return new PackageWriter(manifest)
                .add(
                        FileRole.ENCODER,
                        "encoder.onnx",
                        PackedWeights.pack(builder.encoder()).toByteArray())
                .add(
                        FileRole.DECODER,
                        "decoder.onnx",
                        PackedWeights.pack(builder.decoder()).toByteArray())
                .add(FileRole.TOKENIZER, "tokenizer.json", TokenizerJson.write(vocabulary))
                .add(FileRole.CONFIG, "config.json", config.model())
                .add(FileRole.GENERATION_CONFIG, "generation_config.json", config.generation())
                .write(directory.resolve("ours"), store());
    }

    private GeneratorTuning.Outcome tune(
            ModelPackage parent, List<PairRows> train, GeneratorTuningOptions options, String out) throws Exception {
        return tuning(() -> false)
                .run(parent, train, train.isEmpty() ? rows(TAUGHT) : train, options, "2", directory.resolve(out));
    }

    private GeneratorTuning tuning(BooleanSupplier stop) {
        return new GeneratorTuning(store(), 1, Clock.systemUTC(), Progress.silent(), stop, "test");
    }

    private ContentStore store() {
        return new ContentStore(directory.resolve("store"));
    }

    private static GeneratorTuningOptions options(TuningMethod method, int steps) {
        return new GeneratorTuningOptions(
                method, 8, 2f, false, 8e-3, 1, steps, steps, Duration.ofDays(1), 512, 0, 5, 7);
    }

    private static List<PairRows> rows(List<TextPair> pairs) {
        return List.of(new PairRows(new TextPairs("taught", "none", pairs, List.of()), 1));
    }

    private void assertSaid(ModelPackage child, List<TextPair> pairs) throws Exception {
        try (TextModel model = opener.open(child)) {
            List<String> said = new ArrayList<>();
            model.run(new TextBatch(pairs.stream().map(TextPair::source).toList()))
                    .forEach(output -> said.add(((WrittenText) output).text()));
            assertThat(said)
                    .containsExactlyElementsOf(
                            pairs.stream().map(TextPair::target).toList());
        }
    }

    private static Map<String, TensorProto> weights(ModelPackage from, FileRole role) throws Exception {
        return StoredWeights.of(GraphFile.read(from.file(role).orElseThrow())).stream()
                .filter(tensor -> Tensors.floats(tensor).length > 1)
                .collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
    }

    private static List<String> roles(ModelPackage from) {
        return from.manifest().getFiles().stream()
                .filter(file -> file.getRole() != FileRole.CARD)
                .map(file -> file.getRole() + " " + file.getPath())
                .sorted()
                .toList();
    }
}
