package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOpenerTest {
    private static final float[] SAME = {1, 0, 0, 1};

    /** Turns the identity into the exchange of the two columns. */
    private static final float[] EXCHANGE = {-1, 1, 1, -1};

    @TempDir
    Path directory;

    private final ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);
    private byte[] graph = {};

    @BeforeEach
    void writeGraph() throws Exception {
        TrustedRecords.allow();
        graph = Files.readAllBytes(TinyModels.projectedEncoder(directory.resolve("base.onnx")));
    }

    @Test
    void anAdapterIsMergedIntoItsBase() throws Exception {
        ModelPackage base = write("base", new byte[0], manifest());
        ModelPackage adapted = write("adapted", adapter(sha256(graph)), manifest());

        try (TextModel plain = opener.open(base);
                TextModel exchanged = opener.open(adapted)) {
            assertThat(label(plain)).isEqualTo("positive");
            assertThat(label(exchanged)).isEqualTo("negative");
        }
    }

    @Test
    void tasksWithOneAdapterShareOneEncoderAndTheBaseIsAnother() throws Exception {
        byte[] adapter = adapter(sha256(graph));
        try (TextModel one = opener.open(write("one", adapter, manifest()));
                TextModel other = opener.open(write("other", adapter, manifest()))) {
            assertThat(opener.openEncoders()).isEqualTo(1);

            opener.open(write("base", new byte[0], manifest())).close();
            TextModel int8 = opener.openToMeasure(write("int8", adapter, manifest()), Precision.INT8);
            assertThat(opener.openEncoders()).isEqualTo(2);

            int8.close();
            assertThat(label(one)).isEqualTo(label(other));
        }
        assertThat(opener.openEncoders()).isZero();
    }

    @Test
    void anAdapterForAnotherBaseIsRefused() throws Exception {
        assertRefused(write("foreign", adapter("0".repeat(64)), manifest()), "the adapter is made for the base 0000");
    }

    @Test
    void aBrokenAdapterIsRefused() throws Exception {
        byte[] whole = adapter(sha256(graph));
        whole[whole.length - 1] = 0x7e; // the last value is no number any more

        assertRefused(write("broken", whole, manifest()), "holds NaN");
        assertRefused(write("other", new byte[] {1, 2, 3}, manifest()), "safetensors");
    }

    @Test
    void int8IsRefusedForAVersionThatDoesNotAdmitItButCanBeMeasured() throws Exception {
        ModelPackage exactOnly = write("exact", new byte[0], manifest());
        ModelOpener int8 = new ModelOpener(new InferenceSettings(1, 1, Precision.INT8));

        assertThatThrownBy(() -> int8.open(exactOnly))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("not admitted in int8, only in [fp32]");
        int8.openToMeasure(exactOnly, Precision.INT8).close();
        opener.open(exactOnly).close();
    }

    @Test
    void autoTakesInt8WhereItIsAdmittedAndFp32IsAlwaysThere() throws Exception {
        // The golden score is off by a tenth: too much for fp32, within the rounding for int8.
        ModelManifest manifest = manifest();
        manifest.setPrecisions(List.of("fp32", "int8"));
        manifest.setGoldenCases(List.of(new GoldenCase("good", "positive", Map.of("positive", 0.9))));
        ModelPackage both = write("both", new byte[0], manifest);

        opener.open(both).close();
        assertThatThrownBy(() -> new ModelOpener(new InferenceSettings(1, 1, Precision.FP32)).open(both))
                .hasMessageContaining("golden case 0");
    }

    @Test
    void inInt8TheGoldenLabelMustWinAllTheSame() throws Exception {
        ModelManifest manifest = manifest();
        manifest.setPrecisions(List.of("fp32", "int8"));
        manifest.setGoldenCases(List.of(new GoldenCase("good", "negative", Map.of())));

        assertRefused(write("wrong", new byte[0], manifest), "expected negative, got positive");
    }

    private void assertRefused(ModelPackage modelPackage, String reason) {
        assertThatThrownBy(() -> opener.open(modelPackage))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining(reason);
        assertThat(opener.openEncoders()).isZero();
    }

    private static String label(TextModel model) {
        Classification result =
                (Classification) model.run(new TextBatch(List.of("good"))).get(0);
        return result.label();
    }

    private static ModelManifest manifest() {
        return ModelManifest.newBuilder()
                .setTask("mood")
                .setName("tiny")
                .setVersion("1")
                .setLabels(List.of("positive", "negative"))
                .setPooling("mean")
                .setMaxTokens(16)
                .setFiles(List.of())
                .build();
    }

    /** A package of the tiny encoder and a head that names its columns; without an adapter if that is empty. */
    private ModelPackage write(String name, byte[] adapter, ModelManifest manifest) throws Exception {
        Path tokenizer = TinyModels.tokenizer(directory.resolve("tokenizer.json"));
        PackageWriter writer = new PackageWriter(manifest)
                .add(FileRole.GRAPH, "encoder.onnx", graph)
                .add(FileRole.TOKENIZER, "tokenizer.json", Files.readAllBytes(tokenizer))
                .add(FileRole.HEAD, "head.onnx", HeadGraph.linear(new float[][] {{1, 0}, {0, 1}}, new float[2]));
        if (adapter.length > 0) {
            writer.add(FileRole.ADAPTER, "adapter.safetensors", adapter);
        }
        return writer.write(directory.resolve(name), new ContentStore(directory.resolve("store")));
    }

    private static byte[] adapter(String baseSha256) {
        LoraAdapter.Pair pair = new LoraAdapter.Pair(2, 2, SAME, EXCHANGE);
        return new LoraAdapter(baseSha256, 2, 1, Map.of("projection", pair)).toSafetensors();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
