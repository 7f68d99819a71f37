package io.lexstream.ops.audit;

import io.lexstream.inference.Classification;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes packages whose labels mean nothing: random heads on the real encoder, each with an opinion of its own on every
 * text. What such a version says cannot be mistaken for another's.
 */
final class RandomHeads implements AutoCloseable {
    private static final float WEIGHT = 4;

    private final BaseEncoder encoder;
    private final Path directory;
    private final ContentStore store;
    private final ModelOpener opener;
    private final RandomGenerator random;
    private final List<TextModel> drafts = new ArrayList<>();

    RandomHeads(BaseEncoder encoder, Path directory, ContentStore store, ModelOpener opener, RandomGenerator random) {
        this.encoder = encoder;
        this.directory = directory;
        this.store = store;
        this.opener = opener;
        this.random = random;
    }

    /** A version that gives each label to its share of {@code texts}. */
    ModelPackage make(String task, String version, List<String> labels, TextBatch texts)
            throws IOException, ModelRejectedException {
        float[][] weights = weights(labels.size());
        ModelPackage draft = write(task, version, labels, weights, new float[labels.size()], ".draft");
        TextModel unbalanced = opener.open(draft);
        // Kept open: while anybody holds the encoder, what it computed of the texts is not computed again.
        drafts.add(unbalanced);
        return write(task, version, labels, weights, balance(unbalanced, labels, texts), "");
    }

    private float[][] weights(int labels) {
        float[][] weights = new float[encoder.dimensions()][labels];
        for (float[] row : weights) {
            for (int label = 0; label < labels; label++) {
                row[label] = (float) (WEIGHT * random.nextGaussian());
            }
        }
        return weights;
    }

    /** Takes each label's mean away: the encoder's vectors all point one way, and so would most labels. */
    private static float[] balance(TextModel model, List<String> labels, TextBatch texts) {
        float[] bias = new float[labels.size()];
        for (var output : model.run(texts)) {
            var scores = ((Classification) output).scores();
            for (int label = 0; label < bias.length; label++) {
                double score = Math.max(scores.getOrDefault(labels.get(label), 0.0), Double.MIN_NORMAL);
                bias[label] -= (float) (Math.log(score) / texts.size());
            }
        }
        return bias;
    }

    private ModelPackage write(
            String task, String version, List<String> labels, float[][] weights, float[] bias, String suffix)
            throws IOException, ModelRejectedException {
        ModelManifest manifest = ModelManifest.newBuilder()
                .setTask(task)
                .setName("audit-random-head")
                .setVersion(version)
                .setCreatedAt(Instant.EPOCH)
                .setLabels(labels)
                .setPooling(encoder.pooling())
                .setMaxTokens(encoder.maxTokens())
                .setFiles(List.of())
                .setGoldenCases(List.of())
                .setLicense(encoder.license())
                .build();
        return new PackageWriter(manifest)
                .refer(encoder.graph())
                .refer(encoder.tokenizer())
                .add(FileRole.HEAD, "head.onnx", HeadGraph.linear(weights, bias))
                .write(directory.resolve(task + "-" + version + suffix), store);
    }

    @Override
    public void close() {
        drafts.forEach(TextModel::close);
    }
}
