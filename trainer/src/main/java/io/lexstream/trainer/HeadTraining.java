package io.lexstream.trainer;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Trains a head on a frozen encoder, from data files to a package that serves: the features of every text are computed
 * once, a regularised multinomial regression is fitted to them, and the result is measured, described and opened by the
 * code that will serve it.
 */
public final class HeadTraining {
    private final BaseEncoder base;
    private final ContentStore store;
    private final Path featureCaches;
    private final InferenceSettings inference;
    private final Clock clock;
    private final Progress progress;

    /**
     * @param store where the base encoder's files are found
     * @param featureCaches directory of features that were computed before, kept for the next run
     */
    public HeadTraining(
            BaseEncoder base,
            ContentStore store,
            Path featureCaches,
            InferenceSettings inference,
            Clock clock,
            Progress progress) {
        this.base = base;
        this.store = store;
        this.featureCaches = featureCaches;
        this.inference = inference;
        this.clock = clock;
        this.progress = progress;
    }

    /** What came out. */
    public record Outcome(ModelPackage modelPackage, ModelCard.Quality quality) {}

    /**
     * Trains and writes the package to {@code out}, which must be absent or empty.
     *
     * @throws DataException if the data cannot be used
     * @throws ModelRejectedException if what came out does not serve
     */
    public Outcome run(TrainingRequest<HeadOptions> request, Path out) throws IOException, ModelRejectedException {
        TrainingInputs inputs = TrainingInputs.read(request, out, progress);
        TrainingData data = inputs.data();
        List<LabeledText> golden = inputs.golden();

        HeadOptions options = request.options();
        try (FrozenEncoder encoder =
                FrozenEncoder.open(base, store, featureCaches, options.pooling(), options.maxTokens(), inference)) {
            FeatureCache features = encoder.features();
            for (LabeledTexts file : data.files()) {
                encoder.read(file.name(), file.texts(), progress);
            }
            encoder.read("golden cases", golden.stream().map(LabeledText::text).toList(), progress);

            HeadFitting.Best best = new HeadFitting(options, features, progress).fit(data);
            Evaluation.Result dev = Evaluation.of(best.head(), features, data.dev());
            Evaluation.Result test = data.test().isEmpty() ? dev : Evaluation.of(best.head(), features, data.test());
            List<GoldenCase> cases = GoldenCases.of(best.head(), features, golden);
            progress.say("golden cases: %d of %d labelled right".formatted(cases.size(), golden.size()));
            ModelManifest manifest = TrainedManifest.of(
                    request,
                    base,
                    data,
                    "head",
                    Map.of("penalty", String.valueOf(best.trial().penalty())),
                    test,
                    cases,
                    clock.instant());

            Evaluation.Result bagOfWords = BagOfWordsBaseline.measure(data, options.seed(), progress);
            var quality = new ModelCard.Quality(dev, test, bagOfWords);
            String card = HeadCard.of(request, inputs.notes(), base, data, best, quality)
                    .markdown();
            ModelPackage written = write(manifest, best.head(), card, out);
            return new Outcome(written, quality);
        }
    }

    private ModelPackage write(ModelManifest manifest, LinearHead head, String card, Path out)
            throws IOException, ModelRejectedException {
        ModelPackage written = new PackageWriter(manifest)
                .refer(base.graph())
                .refer(base.tokenizer())
                .add(FileRole.HEAD, "head.onnx", HeadGraph.linear(head.weights(), head.bias()))
                .add(FileRole.CARD, "MODEL_CARD.md", card.getBytes(StandardCharsets.UTF_8))
                .write(out, store);
        new ModelOpener(inference).open(written).close();
        progress.say("%s opens and passes its golden cases: %s".formatted(written.version(), out));
        return written;
    }
}
