package io.lexstream.trainer;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.TuningOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fine-tunes an encoder from data files to packages that serve: one for each task whose head was trained on it. What is
 * calibrated, measured and described is what the serving code says, opened from the written files.
 */
public final class FineTuning {
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
     * @param from versions of the task whose mean is gone on from; none = a fresh head, and the base encoder as it is
     * @param out absent or empty
     */
    public record Job(TrainingRequest<HeadOptions> request, List<ModelPackage> from, Path out) {
        public Job {
            from = List.copyOf(from);
        }
    }

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
        TunedParents parents = TunedParents.of(jobs, base);
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
                    parents.head(job.request.task(), labels)));
        }
        var source = new EncoderTuning.Source(
                TrainingInputs.content(base.graph(), store),
                base.graph().getSha256(),
                TrainingInputs.content(base.tokenizer(), store),
                jobs.get(0).request.options().pooling(),
                trainTokens);
        TuningOptions shaped = parents.shaped(options);
        TunedEncoder tuned = new EncoderTuning(source, shaped, threads, progress)
                .run(tasks, parents.adapter(), Optional.of(checkpoint), new ToldTuning(progress));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            outcomes.add(finish(jobs.get(i), inputs.get(i), tuned, shaped, trainTokens));
        }
        return outcomes;
    }

    private Outcome finish(Job job, TrainingInputs inputs, TunedEncoder tuned, TuningOptions options, int trainTokens)
            throws IOException, ModelRejectedException {
        TrainingRequest<HeadOptions> request = job.request;
        TrainingData data = inputs.data();
        TunedPackage files = new TunedPackage(base.graph(), base.tokenizer(), tuned, store);
        String method = options.method().text();
        TunedAnswers answers = new TunedAnswers.Question(
                        files, tuned.head(request.task()), data.dev(), data.test(), inputs.golden(), data.train())
                .ask(TrainedManifest.draft(request, base, data, clock.instant()), inference, progress);
        Map<String, String> settings = settings(options, trainTokens, tuned);
        if (!job.from.isEmpty()) {
            settings.put(
                    "from",
                    job.from.stream()
                            .map(from -> from.version() + ", digest "
                                    + from.version().digest())
                            .collect(Collectors.joining("; mean with ")));
        }
        settings.put("temperature", "%.3f".formatted(answers.calibration().temperature()));
        settings.put("shift", "%+.2f".formatted(answers.calibration().shift()));
        settings.put("int8", answers.int8().toString());

        Evaluation.Result dev = Evaluation.of(data.dev(), answers.scores());
        Evaluation.Result test = data.test().isEmpty() ? dev : Evaluation.of(data.test(), answers.scores());
        var quality = new ModelCard.Quality(
                dev, test, BagOfWordsBaseline.measure(data, request.options().seed(), progress));
        List<GoldenCase> golden = answers.golden();
        progress.say("%s: golden cases: %d of %d labelled right; int8: %s"
                .formatted(request.task(), golden.size(), inputs.golden().size(), answers.int8()));
        ModelManifest manifest =
                TrainedManifest.of(request, base, data, method, settings, test, golden, clock.instant());
        manifest.setPrecisions(answers.int8().precisions());
        manifest.setParent(job.from.isEmpty() ? "" : job.from.get(0).version().version());
        String card = TuningCard.of(request, inputs.notes(), base, data, quality, method, settings, tuned);
        ModelPackage written = files.write(
                manifest,
                answers.calibration().applied(tuned.head(request.task())),
                new TunedPackage.Extras(Optional.of(card), Optional.of(answers.profile())),
                job.out);
        new ModelOpener(inference).open(written).close();
        progress.say("%s opens and passes its golden cases: %s".formatted(written.version(), job.out));
        return new Outcome(written, quality, tuned.curve(), settings);
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
        settings.put("epochs", "%d, or enough for %d steps".formatted(options.epochs(), options.leastSteps()));
        settings.put("trainTokens", String.valueOf(trainTokens));
        settings.put("weights", "%,d".formatted(tuned.parameters()));
        settings.put("rowsSeen", "%,d".formatted(tuned.rowsSeen()));
        settings.put("steps", "%,d".formatted(tuned.steps()));
        return settings;
    }
}
