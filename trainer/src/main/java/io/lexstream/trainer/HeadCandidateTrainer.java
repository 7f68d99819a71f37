package io.lexstream.trainer;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Pooling;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The method {@code head}: a new linear head on the parent's encoder, which stays as it is. Cheap, and it forgets
 * whatever the rows do not show. Its checkpoints are the features that were computed.
 */
public final class HeadCandidateTrainer implements CandidateTrainer {
    private static final int BATCH_TOKENS = 1536;

    private final ContentStore store;
    private final InferenceSettings inference;
    private final Clock clock;

    /** @param store where the files of packages are found */
    public HeadCandidateTrainer(ContentStore store, InferenceSettings inference, Clock clock) {
        this.store = store;
        this.inference = inference;
        this.clock = clock;
    }

    @Override
    public ModelPackage train(CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        ModelManifest parent = request.parent().manifest();
        if (request.parent().file(FileRole.HEAD).isEmpty()
                || request.parent().file(FileRole.ADAPTER).isPresent()) {
            throw new ModelRejectedException(request.parent().version()
                    + " is not a head on a plain encoder: train.method=head cannot go on from it");
        }
        List<LabeledText> golden = parent.getGoldenCases().stream()
                .map(example -> new LabeledText(example.getText(), example.getLabel()))
                .toList();
        try (TextEncoder encoder = TextEncoder.open(
                        file(request.parent(), FileRole.GRAPH),
                        file(request.parent(), FileRole.TOKENIZER),
                        Pooling.named(parent.getPooling()),
                        parent.getMaxTokens(),
                        inference);
                FeatureCache features =
                        FeatureCache.open(request.checkpoints().resolve("features"), encoder.dimensions())) {
            encode(new Watched(new EncoderFeatures(encoder), request.watch()), features, request, golden, progress);
            LinearHead head = fit(request, features, progress);
            List<GoldenCase> cases = GoldenCases.of(head, features, golden);
            return write(request, head, cases, out);
        }
    }

    private void encode(
            FeatureSource source,
            FeatureCache features,
            CandidateRequest request,
            List<LabeledText> golden,
            Progress progress)
            throws IOException {
        EncoderPass pass = new EncoderPass(source, features, BATCH_TOKENS, progress);
        for (WeightedTexts rows : request.train()) {
            pass.run(rows.texts().name(), rows.texts().texts());
        }
        for (LabeledTexts rows : request.dev()) {
            pass.run(rows.name(), rows.texts());
        }
        pass.run("golden cases", golden.stream().map(LabeledText::text).toList());
    }

    /** The head whose penalty does best on the development rows. */
    private LinearHead fit(CandidateRequest request, FeatureCache features, Progress progress) throws IOException {
        List<String> labels = request.parent().manifest().getLabels();
        Examples train = examples(request.train(), labels, features);
        Examples dev = examples(request.dev().stream().map(WeightedTexts::equal).toList(), labels, features);
        List<SoftmaxRegression.Fit> fits = new ArrayList<>();
        for (double penalty : HeadOptions.DEFAULT.penalties()) {
            request.watch().check();
            fits.add(new SoftmaxRegression(labels, penalty, HeadOptions.DEFAULT.maxSteps(), progress).fit(train, dev));
            SoftmaxRegression.Fit best = best(fits);
            request.watch().epoch(fits.size(), Map.of("loss", best.trainLoss(), "dev/loss", best.devLoss()));
        }
        return best(fits).head();
    }

    private static SoftmaxRegression.Fit best(List<SoftmaxRegression.Fit> fits) {
        SoftmaxRegression.Fit best = fits.get(0);
        for (SoftmaxRegression.Fit fit : fits) {
            best = fit.devLoss() < best.devLoss() ? fit : best;
        }
        return best;
    }

    private static Examples examples(List<WeightedTexts> sources, List<String> labels, FeatureCache features)
            throws IOException {
        List<float[]> rows = new ArrayList<>();
        List<Integer> rowLabels = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (WeightedTexts source : sources) {
            for (LabeledText row : source.texts().rows()) {
                rows.add(features.get(row.text()));
                rowLabels.add(labels.indexOf(row.label()));
            }
            weights.addAll(source.weightsOfLabels());
        }
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        boolean[][] possible = new boolean[1][labels.size()];
        Arrays.fill(possible[0], true);
        return new Examples(
                rows,
                rowLabels.stream().mapToInt(Integer::intValue).toArray(),
                new int[rows.size()],
                weights.stream().mapToDouble(weight -> weight / sum).toArray(),
                possible);
    }

    private ModelPackage write(CandidateRequest request, LinearHead head, List<GoldenCase> golden, Path out)
            throws IOException, ModelRejectedException {
        ModelManifest parent = request.parent().manifest();
        Map<String, String> provenance = new TreeMap<>(request.provenance());
        provenance.put("base", parent.getProvenance().getOrDefault("base", parent.getName()));
        ModelManifest manifest = ModelManifest.newBuilder(parent)
                .setVersion(request.version())
                .setParent(parent.getVersion())
                .setCreatedAt(clock.instant())
                .setFiles(List.of())
                .setGoldenCases(golden)
                .setMetrics(Map.of())
                .setProvenance(provenance)
                .setSignature("")
                .setPrecisions(List.of("fp32"))
                .build();
        ModelPackage written = new PackageWriter(manifest)
                .refer(entry(parent, FileRole.GRAPH))
                .refer(entry(parent, FileRole.TOKENIZER))
                .add(FileRole.HEAD, "head.onnx", HeadGraph.linear(head.weights(), head.bias()))
                .write(out, store);
        new ModelOpener(inference).open(written).close();
        return written;
    }

    private static Path file(ModelPackage modelPackage, FileRole role) throws ModelRejectedException {
        return modelPackage
                .file(role)
                .orElseThrow(() -> new ModelRejectedException(modelPackage.version() + " has no file for " + role));
    }

    private static ModelFile entry(ModelManifest manifest, FileRole role) {
        return manifest.getFiles().stream()
                .filter(file -> file.getRole() == role)
                .findFirst()
                .orElseThrow();
    }

    /** Asks before every batch whether to go on. */
    private record Watched(FeatureSource source, TrainingWatch watch) implements FeatureSource {
        @Override
        public int dimensions() {
            return source.dimensions();
        }

        @Override
        public int[] lengths(TextBatch texts) {
            return source.lengths(texts);
        }

        @Override
        public List<float[]> features(TextBatch texts) {
            watch.check();
            return source.features(texts);
        }
    }
}
