package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnxruntime.OrtEnvironment;
import io.lexstream.generation.GenerationConfig;
import io.lexstream.generation.PairTokens;
import io.lexstream.generation.Seq2SeqFiles;
import io.lexstream.generation.ServedGraphs;
import io.lexstream.inference.GeneratorPackage;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.OutputDirectory;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.autograd.UnknownOperatorException;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.DevScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Fine-tunes a package that writes text, ours or an imported one of any layout, from pairs: its own graphs with its own
 * tokenizers, trained with teacher forcing, become a package of the same layout.
 */
public final class GeneratorTuning {
    private final ContentStore store;
    private final int threads;
    private final Clock clock;
    private final Progress progress;
    private final Seq2SeqListener listener;
    private final String origin;

    /**
     * What came out.
     *
     * @param before score of the parent on all development rows together
     * @param after likewise, of the version as it is stored
     * @param curve of the training
     * @param settings name and value, for people
     */
    public record Outcome(
            ModelPackage modelPackage,
            DevScore before,
            DevScore after,
            List<CurvePoint> curve,
            Map<String, String> settings) {}

    /**
     * @param threads that one operation may use
     * @param stop once true, a checkpoint is written and the run ends with a CancellationException
     * @param origin the command or the run that asks, for the model card
     */
    public GeneratorTuning(
            ContentStore store, int threads, Clock clock, Progress progress, BooleanSupplier stop, String origin) {
        this(store, threads, clock, progress, new ToldTraining(progress, stop), origin);
    }

    /** @param listener hears every step, and may end the run with a CancellationException, its checkpoint written */
    GeneratorTuning(
            ContentStore store, int threads, Clock clock, Progress progress, Seq2SeqListener listener, String origin) {
        this.store = store;
        this.threads = threads;
        this.clock = clock;
        this.progress = progress;
        this.listener = listener;
        this.origin = origin;
    }

    /**
     * Trains, or goes on where an earlier call with the same arguments was stopped, and writes the package.
     *
     * @param parent a package, or a folder of Hugging Face files as one
     * @param train masked here, if the model reads masked texts; the digests of its files tell it from other data
     * @param dev what the best weights are chosen by; none of it is trained on
     * @param version unique within the task
     * @param out absent or empty; the checkpoint lies beside it until the package is there
     * @throws DataException if the parent cannot be trained, or there is nothing to train on
     */
    public Outcome run(
            ModelPackage parent,
            List<PairRows> train,
            List<PairRows> dev,
            GeneratorTuningOptions options,
            String version,
            Path out)
            throws IOException, ModelRejectedException {
        OutputDirectory.refuseIfTaken(out);
        if (!GeneratorPackage.is(parent)) {
            throw new DataException(parent.version() + " has no encoder and decoder to train: it writes no text");
        }
        GenerationConfig config = GeneratorPackage.config(parent);
        Seq2SeqFiles files = GeneratorPackage.files(parent);
        List<WeightedPairs> trainPairs;
        List<WeightedPairs> devPairs;
        try (PairTokens tokens = PairTokens.open(files, config)) {
            boolean summary = parent.manifest().getKind().equals("summary");
            GeneratorPairs pairs =
                    new GeneratorPairs(tokens, GeneratorPackage.masks(parent), summary, config.maxSourceTokens() - 1);
            trainPairs = pairs.encode(train);
            devPairs = pairs.encode(dev);
            tell(trainPairs, pairs.tooLong());
        }
        requirePairs(trainPairs, "train on");
        requirePairs(devPairs, "measure on");
        Path checkpoint = beside(out);
        try {
            ServedGraphs graphs = ServedGraphs.read(files);
            Job job = new Job(parent, graphs, config, trainPairs, new DevRows(devPairs, options.batchTokens()));
            Trained trained = train(job, options, run(parent, train, dev, options), checkpoint);
            ServedGraphs tuned = graphs.with(trained.weights);
            DevScore after = score(tuned.training(), job);
            progress.say(String.format(
                    Locale.ROOT, "dev loss %.4f before, %.4f after", trained.before.loss(), after.loss()));
            Map<String, String> settings = settings(parent, options, trained);
            GeneratorCard card =
                    new GeneratorCard(parent, version, train, dev, trained.before, after, settings, origin);
            ModelPackage written = new GeneratorWriter(parent, store, clock.instant()).write(tuned, card, out);
            Files.deleteIfExists(checkpoint);
            return new Outcome(written, trained.before, after, trained.result.curve(), settings);
        } catch (UnknownOperatorException e) {
            throw new DataException(parent.version() + " cannot be trained: " + e.getMessage(), e);
        } catch (DataException | ModelRejectedException e) {
            throw new DataException(parent.version() + " cannot be trained: " + e.getMessage(), e);
        }
    }

    /** What is trained from what. */
    private record Job(
            ModelPackage parent, ServedGraphs graphs, GenerationConfig config, List<WeightedPairs> train, DevRows dev) {
        TrainedGraph graph(GraphProto graph, Predicate<String> trained) {
            return TrainedGraph.imported(
                    graph, trained, config.tokens().start(), config.tokens().pad());
        }
    }

    /** @param weights of the model that are others now, by name */
    private record Trained(
            DevScore before, Seq2SeqTraining.Result result, Map<String, float[]> weights, long parameters) {}

    private Trained train(Job job, GeneratorTuningOptions options, String run, Path checkpoint) throws IOException {
        TunedGraph tuned = TunedGraph.of(job.graphs.training(), job.graphs.fixed(), options);
        int batches = PairBatch.epoch(job.train, options.batchTokens(), options.seed())
                .size();
        try (DjlBackend backend = DjlBackend.open(threads)) {
            Seq2SeqTraining training = new Seq2SeqTraining(
                    backend,
                    job.graph(tuned.graph(), tuned::isTrained),
                    job.train,
                    job.dev.files(),
                    options.training(batches),
                    checkpoint,
                    run,
                    listener,
                    System::nanoTime);
            DevScore before = training.score();
            progress.say(String.format(
                    Locale.ROOT,
                    "%.2f million weights to train; dev loss %.4f, right tokens %.1f %%",
                    training.parameters() / 1e6,
                    before.loss(),
                    100 * before.macroF1()));
            progress.start();
            Seq2SeqTraining.Result result = training.run();
            return new Trained(before, result, tuned.changed(result.weights()), training.parameters());
        }
    }

    private DevScore score(GraphProto graph, Job job) {
        try (DjlBackend backend = DjlBackend.open(threads)) {
            return job.dev.score(new Seq2SeqModel(backend, job.graph(graph, name -> false)));
        }
    }

    private void tell(List<WeightedPairs> train, int tooLong) {
        long pairs = train.stream().mapToLong(file -> file.pairs().size()).sum();
        progress.say("%,d pairs to train on; %,d are too long".formatted(pairs, tooLong));
    }

    private static void requirePairs(List<WeightedPairs> pairs, String purpose) throws DataException {
        if (pairs.isEmpty()) {
            throw new DataException("no pair is left to " + purpose);
        }
    }

    private static String run(
            ModelPackage parent, List<PairRows> train, List<PairRows> dev, GeneratorTuningOptions options) {
        StringBuilder identity = new StringBuilder();
        parent.manifest()
                .getFiles()
                .forEach(file -> identity.append(file.getSha256()).append('\n'));
        for (List<PairRows> part : List.of(train, dev)) {
            for (PairRows rows : part) {
                identity.append(
                        "%s %s %d %s%n".formatted(rows.name(), rows.pairs().sha256(), rows.count(), rows.weight()));
            }
        }
        return TextPlace.name(
                identity + options.identity() + options.training(1).identity());
    }

    private static Map<String, String> settings(ModelPackage parent, GeneratorTuningOptions options, Trained trained) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("method", options.method().text());
        settings.put("parent", parent.version().toString());
        settings.put("options", options.toString());
        settings.put("weightsTrained", String.valueOf(trained.parameters));
        settings.put("steps", String.valueOf(trained.result.steps()));
        settings.put("pairsSeen", String.valueOf(trained.result.seen()));
        settings.put("seconds", String.valueOf(trained.result.spent().toSeconds()));
        settings.put("java", Runtime.version().toString());
        settings.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        return settings;
    }

    private static Path beside(Path out) {
        Path whole = out.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + ".checkpoint");
    }
}
