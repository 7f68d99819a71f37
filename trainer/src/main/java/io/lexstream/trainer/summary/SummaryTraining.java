package io.lexstream.trainer.summary;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.summary.SummarySettings;
import io.lexstream.summary.SummarySettingsJson;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.FrozenEncoder;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TrainingRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains an extractive summarizer, from data files to a package that serves: every sentence is read once by the frozen
 * encoder, a ranker is fitted, lengths are chosen, and the result is measured, described and opened by the code that
 * will serve it.
 */
public final class SummaryTraining {
    /** What the starter package was found to do best with. */
    public static final FitOptions DEFAULTS = new FitOptions(128, List.of(1e-4, 1e-3, 1e-2), 200, 0.1, 1);

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
    public SummaryTraining(
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

    /** What came out: of test files if some were named, else of the development texts. */
    public record Outcome(ModelPackage modelPackage, List<SummaryScores> scores) {
        /** The scores as a Markdown table. */
        public String table() {
            return SummaryCard.table(scores);
        }
    }

    /**
     * Trains and writes the package to {@code out}, which must be absent or empty.
     *
     * @throws io.lexstream.trainer.DataException if the data cannot be used
     * @throws ModelRejectedException if what came out does not serve
     */
    public Outcome run(TrainingRequest<FitOptions> request, Path out) throws IOException, ModelRejectedException {
        SummaryInputs inputs = SummaryInputs.read(request, out, progress);
        SummaryData data = inputs.data();
        FitOptions options = request.options();
        try (FrozenEncoder encoder = FrozenEncoder.open(
                base, store, featureCaches, SummaryManifest.POOLING, options.maxTokens(), inference)) {
            for (TextPairs file : inputs.files()) {
                encoder.read(file.name(), ReadFile.sentences(file), progress);
            }
            List<ReadFile> dev = read(data.dev(), encoder);
            RankerFitting.Best fit = new RankerFitting(options, progress).fit(read(data.train(), encoder), dev);
            Ranker ranker = fit.ranker();
            SummarySettings settings = new SettingsSearch(ranker, dev, progress).best();

            var quality = new SummaryCard.Quality(
                    scores(dev, ranker, settings), scores(read(data.test(), encoder), ranker, settings));
            List<GoldenCase> cases = cases(ReadFile.of(inputs.golden(), encoder.features()), ranker, settings);
            ModelManifest manifest =
                    new SummaryManifest(request, base, data, fit.trial(), quality).manifest(cases, clock.instant());
            String card = new SummaryCard(request, base, data, fit, settings, quality, inputs.notes()).markdown();
            ModelPackage written = write(manifest, ranker, settings, card, out);
            return new Outcome(written, quality.reported());
        }
    }

    private List<ReadFile> read(List<TextPairs> files, FrozenEncoder encoder) throws IOException {
        List<ReadFile> read = new ArrayList<>();
        for (TextPairs file : files) {
            ReadFile texts = ReadFile.of(file, encoder.features());
            progress.say("%s: %d texts, of which the oracle quotes %.1f sentences on average"
                    .formatted(
                            file.name(),
                            texts.texts().size(),
                            texts.texts().stream()
                                    .mapToInt(text -> text.oracle().size())
                                    .average()
                                    .orElse(0)));
            read.add(texts);
        }
        return read;
    }

    private static List<SummaryScores> scores(List<ReadFile> files, Ranker ranker, SummarySettings settings) {
        return files.stream()
                .map(file -> SummaryScores.of(file, ranker, settings))
                .toList();
    }

    private static List<GoldenCase> cases(ReadFile golden, Ranker ranker, SummarySettings settings) {
        return golden.texts().stream()
                .filter(text ->
                        ranker.chosen(text, settings).size() < text.features().size())
                .map(text -> new GoldenCase(text.source(), ranker.summary(text, settings), Map.of()))
                .toList();
    }

    private ModelPackage write(ModelManifest manifest, Ranker ranker, SummarySettings settings, String card, Path out)
            throws IOException, ModelRejectedException {
        ModelPackage written = new PackageWriter(manifest)
                .refer(base.graph())
                .refer(base.tokenizer())
                .add(FileRole.HEAD, "ranker.onnx", ranker.graph())
                .add(FileRole.CONFIG, "config.json", SummarySettingsJson.write(settings))
                .add(FileRole.CARD, "MODEL_CARD.md", card.getBytes(StandardCharsets.UTF_8))
                .write(out, store);
        new ModelOpener(inference).open(written).close();
        progress.say("%s opens and passes its %d golden cases: %s"
                .formatted(written.version(), manifest.getGoldenCases().size(), out));
        return written;
    }
}
