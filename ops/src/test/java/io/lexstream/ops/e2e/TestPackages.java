package io.lexstream.ops.e2e;

import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Packages with heads of seeded random weights on a real encoder; sound ones, and some that must be refused. */
final class TestPackages {
    static final List<String> LABELS = List.of("negative", "neutral", "positive");

    private final Path directory;
    private final ContentStore store;

    TestPackages(Path directory, ContentStore store) {
        this.directory = directory;
        this.store = store;
    }

    ModelPackage sound(String version, BaseEncoder base, long seed) throws Exception {
        return write(manifest(version, base).build(), base, head(base.dimensions(), LABELS.size(), seed));
    }

    ModelPackage failingItsGoldenCase(String version, BaseEncoder base) throws Exception {
        GoldenCase impossible = GoldenCase.newBuilder()
                .setText("This text cannot be all of one label.")
                .setLabel("neutral")
                .setScores(Map.of("neutral", 0.999999, "positive", 0.999999))
                .build();
        return write(
                manifest(version, base).setGoldenCases(List.of(impossible)).build(),
                base,
                head(base.dimensions(), LABELS.size(), 1));
    }

    ModelPackage withALogitTooFew(String version, BaseEncoder base) throws Exception {
        return write(manifest(version, base).build(), base, head(base.dimensions(), 2, 1));
    }

    ModelPackage forAnotherEncoder(String version, BaseEncoder base) throws Exception {
        return write(manifest(version, base).build(), base, head(base.dimensions() + 1, LABELS.size(), 1));
    }

    ModelPackage notANumber(String version, BaseEncoder base) throws Exception {
        float[][] weights = weights(base.dimensions(), LABELS.size(), 1);
        weights[0][0] = Float.NaN;
        return write(manifest(version, base).build(), base, HeadGraph.linear(weights, new float[LABELS.size()]));
    }

    ModelPackage withATruncatedHead(String version, BaseEncoder base) throws Exception {
        byte[] head = head(base.dimensions(), LABELS.size(), 1);
        return write(manifest(version, base).build(), base, Arrays.copyOf(head, head.length / 2));
    }

    private ModelPackage write(ModelManifest manifest, BaseEncoder base, byte[] head) throws Exception {
        return new PackageWriter(manifest)
                .refer(base.graph())
                .refer(base.tokenizer())
                .add(FileRole.HEAD, "head.onnx", head)
                .write(directory.resolve(manifest.getTask() + "-" + manifest.getVersion()), store);
    }

    private static ModelManifest.Builder manifest(String version, BaseEncoder base) {
        return ModelManifest.newBuilder()
                .setTask("sentiment")
                .setName("seeded head on " + base.name())
                .setVersion(version)
                .setLabels(LABELS)
                .setPooling("mean")
                .setMaxTokens(64)
                .setFiles(List.of());
    }

    private static byte[] head(int dimensions, int labels, long seed) {
        return HeadGraph.linear(weights(dimensions, labels, seed), new float[labels]);
    }

    private static float[][] weights(int dimensions, int labels, long seed) {
        Random random = new Random(seed);
        float[][] weights = new float[dimensions][labels];
        for (float[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return weights;
    }
}
