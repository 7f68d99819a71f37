package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.TrainingProfile;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.TuningOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fine-tunes an encoder from data files to packages that serve: one for each task whose head was trained on it. What is
 * calibrated, measured and described is what the serving code says, opened from the written files.
 */
public final class FineTuning {
    private static final int PROFILE_TEXTS = 2000;

    private final BaseEncoder base;
    private final ContentStore store;
    private final InferenceSettings inference;
    private final int threads;
    private final Clock clock;
    private final Progress progress;

    /**
     * @param store where the base encoder's files are found
     * @param threads for training
     */
    public FineTuning(
            BaseEncoder base,
            ContentStore store,
            InferenceSettings inference,
            int threads,
            Clock clock,
            Progress progress) {
        this.base = base;
        this.store = store;
        this.inference = inference;
        this.threads = threads;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * A task's head, and where its package goes.
     *
     * @param out absent or empty
     */
    public record Job(HeadRequest request, Path out) {}

    /**
     * What came out for one task.
     *
     * @param settings what the method was told, and what it chose
     */
    public record Outcome(
            ModelPackage modelPackage,
            ModelCard.Quality quality,
            List<CurvePoint> curve,
            Map<String, String> settings) {}

    /**
     * Trains all heads on one encoder.
     *
     * @param jobs one a task, with the same pooling and token limit, so that they can share the encoder's pass
     * @param trainTokens tokens that are read of a text while training
     * @param checkpoint where a killed run goes on
     * @throws DataException if the data cannot be used
     * @throws ModelRejectedException if what came out does not serve
     */
    public List<Outcome> run(List<Job> jobs, TuningOptions options, int trainTokens, Path checkpoint)
            throws IOException, ModelRejectedException {
        List<TrainingInputs> inputs = new ArrayList<>();
        List<EncoderTuning.TaskRows> tasks = new ArrayList<>();
        for (Job job : jobs) {
            TrainingInputs read = TrainingInputs.read(job.request, job.out, progress);
            List<String> labels = read.data().labels();
            inputs.add(read);
            tasks.add(new EncoderTuning.TaskRows(
                    job.request.task(),
                    labels,
                    WeightedTexts.balanced(
                            read.data().train(), labels, job.request.options().weights()),
                    read.data().dev(),
                    Optional.empty()));
        }
        var source = new EncoderTuning.Source(
                TrainingInputs.content(base.graph(), store),
                base.graph().getSha256(),
                TrainingInputs.content(base.tokenizer(), store),
                jobs.get(0).request.options().pooling(),
                trainTokens);
        TunedEncoder tuned = new EncoderTuning(source, options, threads, progress)
                .run(tasks, Optional.empty(), Optional.of(checkpoint), new ToldTuning(progress));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            outcomes.add(finish(jobs.get(i), inputs.get(i), tuned, options, trainTokens));
        }
        return outcomes;
    }

    private Outcome finish(Job job, TrainingInputs inputs, TunedEncoder tuned, TuningOptions options, int trainTokens)
            throws IOException, ModelRejectedException {
        HeadRequest request = job.request;
        TrainingData data = inputs.data();
        LinearHead head = tuned.head(request.task());
        TunedPackage files = new TunedPackage(base.graph(), base.tokenizer(), tuned, store);
        Map<String, String> settings = settings(options, trainTokens, tuned);
        String method = options.method().name().toLowerCase(Locale.ROOT).replace('_', '-');

        Said said = ask(draft(request, data, head, files), inputs);
        Calibration calibration = Calibration.fit(data.dev(), said.scores, head.labels());
        settings.put("temperature", "%.3f".formatted(calibration.temperature()));
        settings.put("shift", "%+.2f".formatted(calibration.shift()));
        Map<String, List<Map<String, Double>>> scores = new LinkedHashMap<>();
        said.scores.forEach((file, rows) -> scores.put(
                file,
                rows.stream()
                        .map(row -> calibration.applied(row, head.labels()))
                        .toList()));

        Evaluation.Result dev = Evaluation.of(data.dev(), scores);
        Evaluation.Result test = data.test().isEmpty() ? dev : Evaluation.of(data.test(), scores);
        var quality = new ModelCard.Quality(
                dev, test, BagOfWordsBaseline.measure(data, request.options().seed(), progress));
        List<GoldenCase> golden = GoldenCases.of(
                inputs.golden(),
                said.golden.stream()
                        .map(row -> calibration.applied(row, head.labels()))
                        .toList());
        progress.say("%s: golden cases: %d of %d labelled right"
                .formatted(request.task(), golden.size(), inputs.golden().size()));
        ModelManifest manifest =
                TrainedManifest.of(request, base, data, method, settings, test, golden, clock.instant());
        String card = TuningCard.of(request, inputs.notes(), base, data, quality, method, settings, tuned);
        TrainingProfile profile = TrainingProfile.of(said.profiled.stream()
                .map(text -> observation(text, calibration, head.labels()))
                .toList());
        ModelPackage written = files.write(
                manifest,
                calibration.applied(head),
                new TunedPackage.Extras(Optional.of(card), Optional.of(profile)),
                job.out);
        new ModelOpener(inference).open(written).close();
        progress.say("%s opens and passes its golden cases: %s".formatted(written.version(), job.out));
        return new Outcome(written, quality, tuned.curve(), settings);
    }

    /** A package of what was trained, to be asked and thrown away. */
    private ModelPackage draft(HeadRequest request, TrainingData data, LinearHead head, TunedPackage files)
            throws IOException, ModelRejectedException {
        ModelManifest manifest = TrainedManifest.draft(request, base, data, clock.instant());
        Path directory = Files.createTempDirectory("lexstream-draft");
        directory.toFile().deleteOnExit();
        return files.write(manifest, head, TunedPackage.Extras.NONE, directory);
    }

    /**
     * What the serving code says before calibration.
     *
     * @param scores of development and test rows, by the file's name
     */
    private record Said(
            Map<String, List<Map<String, Double>>> scores,
            List<Map<String, Double>> golden,
            List<Classification> profiled) {}

    private Said ask(ModelPackage draft, TrainingInputs inputs) throws ModelRejectedException {
        try (TextModel model = new ModelOpener(inference).open(draft)) {
            Map<String, List<Map<String, Double>>> scores = new LinkedHashMap<>();
            List<LabeledTexts> files = new ArrayList<>(inputs.data().dev());
            files.addAll(inputs.data().test());
            for (LabeledTexts file : files) {
                scores.put(file.name(), TextScores.of(model, file.name(), file.texts(), progress));
            }
            List<String> golden =
                    inputs.golden().stream().map(LabeledText::text).toList();
            List<String> trained = LabeledTexts.merged("training", inputs.data().train())
                    .sample(PROFILE_TEXTS, 1)
                    .texts();
            return new Said(
                    scores,
                    TextScores.of(model, "golden cases", golden, progress),
                    TextScores.classify(model, "profile", trained, progress));
        }
    }

    private static TrainingProfile.Observation observation(
            Classification said, Calibration calibration, List<String> labels) {
        Map<String, Double> scores = calibration.applied(said.scores(), labels);
        Map.Entry<String, Double> best = Collections.max(scores.entrySet(), Map.Entry.comparingByValue());
        return new TrainingProfile.Observation(best.getKey(), best.getValue(), said.tokens(), said.unknownTokens());
    }

    private static Map<String, String> settings(TuningOptions options, int trainTokens, TunedEncoder tuned) {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (options.method()) {
            case LORA -> {
                settings.put("rank", String.valueOf(options.rank()));
                settings.put("scale", String.valueOf(options.scale()));
                settings.put("targets", options.targets().toString());
            }
            case LAST_LAYERS -> settings.put("lastLayers", String.valueOf(options.lastLayers()));
            case FULL -> settings.put("embeddings", String.valueOf(options.embeddings()));
        }
        settings.put("learningRate", String.valueOf(options.learningRate()));
        settings.put("weightDecay", String.valueOf(options.weightDecay()));
        settings.put("batchTexts", String.valueOf(options.batchTexts()));
        settings.put("dropout", String.valueOf(options.dropout()));
        settings.put("labelSmoothing", String.valueOf(options.labelSmoothing()));
        settings.put("epochs", String.valueOf(options.epochs()));
        settings.put("trainTokens", String.valueOf(trainTokens));
        settings.put("weights", "%,d".formatted(tuned.parameters()));
        settings.put("rowsSeen", "%,d".formatted(tuned.rowsSeen()));
        settings.put("steps", "%,d".formatted(tuned.steps()));
        return settings;
    }
}
