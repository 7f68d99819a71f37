package io.lexstream.trainer;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Pooling;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.TuningListener;
import io.lexstream.trainer.tuning.TuningMethod;
import io.lexstream.trainer.tuning.TuningOptions;
import io.lexstream.trainer.tuning.TuningStopped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/**
 * Goes on training the parent's encoder and head: its low-rank matrices where it has some, fresh ones beside its frozen
 * weights where it has none. With {@code last-layers} or {@code full} the candidate carries a graph of its own.
 */
public final class FineTuner implements CandidateTrainer {
    /** Gentler than from scratch: the parent is good already, and the rows are few. */
    private static final double LEARNING_RATE = 1e-4;

    private static final int BATCH_TEXTS = 16;
    private static final int EPOCHS = 6;
    private static final int PATIENCE = 3;
    private static final int TRAIN_TOKENS = 128;

    private final ContentStore store;
    private final InferenceSettings inference;
    private final int threads;
    private final Clock clock;

    /**
     * @param store where the files of packages are found
     * @param threads for training
     */
    public FineTuner(ContentStore store, InferenceSettings inference, int threads, Clock clock) {
        this.store = store;
        this.inference = inference;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public ModelPackage train(CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        TunedParent parent = parent(request);
        TuningOptions fresh = options(request);
        TuningOptions options = parent.adapter().map(fresh::inShapeOf).orElse(fresh);
        var source = new EncoderTuning.Source(
                parent.graph(),
                parent.entry(FileRole.GRAPH).getSha256(),
                parent.tokenizer(),
                Pooling.named(parent.manifest().getPooling()),
                Math.min(TRAIN_TOKENS, parent.manifest().getMaxTokens()));
        var rows = new EncoderTuning.TaskRows(
                request.task(), parent.head().labels(), request.train(), request.dev(), Optional.of(parent.head()));
        TunedEncoder tuned;
        try {
            tuned = new EncoderTuning(source, options, threads, progress)
                    .run(
                            List.of(rows),
                            parent.adapter(),
                            Optional.of(request.checkpoints().resolve("tuning.checkpoint")),
                            new Watching(request.watch(), new ToldTuning(progress)));
        } catch (TuningStopped e) {
            request.watch().check(); // throws what called it off
            throw new CancellationException(String.valueOf(e.getMessage()));
        }
        return write(request, parent, tuned, options, out, progress);
    }

    /** Other methods than low-rank matrices change the weights themselves, with an adapter of the parent merged in. */
    private static TunedParent parent(CandidateRequest request) throws IOException, ModelRejectedException {
        TunedParent parent = TunedParent.of(request.parent());
        return TuningMethod.of(request.method()) == TuningMethod.LORA
                ? parent
                : parent.merged(request.checkpoints().resolve("merged.onnx"));
    }

    private static TuningOptions options(CandidateRequest request) {
        TuningOptions usual = TuningOptions.DEFAULT;
        return new TuningOptions(
                TuningMethod.of(request.method()),
                usual.rank(),
                usual.scale(),
                usual.targets(),
                usual.lastLayers(),
                usual.embeddings(),
                EPOCHS,
                usual.leastSteps(),
                BATCH_TEXTS,
                usual.batchTokens(),
                LEARNING_RATE,
                usual.weightDecay(),
                usual.warmUp(),
                usual.clipNorm(),
                usual.dropout(),
                usual.labelSmoothing(),
                usual.devEvery(),
                PATIENCE,
                request.budget(),
                request.seed());
    }

    private ModelPackage write(
            CandidateRequest request,
            TunedParent parent,
            TunedEncoder tuned,
            TuningOptions options,
            Path out,
            Progress progress)
            throws IOException, ModelRejectedException {
        TunedPackage files =
                new TunedPackage(parent.entry(FileRole.GRAPH), parent.entry(FileRole.TOKENIZER), tuned, store);
        ModelManifest draft = ModelManifest.newBuilder(parent.manifest())
                .setVersion(request.version())
                .setParent(parent.manifest().getVersion())
                .setCreatedAt(clock.instant())
                .setFiles(List.of())
                .setGoldenCases(List.of())
                .setMetrics(Map.of())
                .setProvenance(provenance(request, parent, tuned, options))
                .setSignature("")
                .setPrecisions(List.of("fp32"))
                .build();
        List<LabeledText> golden = parent.manifest().getGoldenCases().stream()
                .map(example -> new LabeledText(example.getText(), example.getLabel()))
                .toList();
        TunedAnswers answers = new TunedAnswers.Question(
                        files,
                        tuned.head(request.task()),
                        request.dev(),
                        List.of(),
                        golden,
                        request.train().stream().map(WeightedTexts::texts).toList())
                .ask(draft, inference, progress);
        ModelManifest manifest = ModelManifest.newBuilder(draft)
                .setGoldenCases(answers.golden())
                .setPrecisions(answers.int8().precisions())
                .build();
        ModelPackage written = files.write(
                manifest,
                answers.calibration().applied(tuned.head(request.task())),
                new TunedPackage.Extras(Optional.empty(), Optional.of(answers.profile())),
                out);
        new ModelOpener(inference).open(written).close();
        return written;
    }

    private static Map<String, String> provenance(
            CandidateRequest request, TunedParent parent, TunedEncoder tuned, TuningOptions options) {
        Map<String, String> provenance = new TreeMap<>(request.provenance());
        provenance.put(
                "base",
                parent.manifest()
                        .getProvenance()
                        .getOrDefault("base", parent.manifest().getName()));
        provenance.put("method", options.method().text());
        provenance.put("learningRate", String.valueOf(options.learningRate()));
        provenance.put("rowsSeen", String.valueOf(tuned.rowsSeen()));
        provenance.put("steps", String.valueOf(tuned.steps()));
        return provenance;
    }

    /** Tells the one who waits, and stops when told to. */
    private static final class Watching implements TuningListener {
        private final TrainingWatch watch;
        private final TuningListener also;
        private int looks;

        private Watching(TrainingWatch watch, TuningListener also) {
            this.watch = watch;
            this.also = also;
        }

        @Override
        public void step(double done, long seen, double loss, double tokensPerSecond) {
            also.step(done, seen, loss, tokensPerSecond);
        }

        @Override
        public void looked(CurvePoint point) {
            also.looked(point);
            watch.epoch(
                    ++looks,
                    Map.of("loss", point.loss(), "dev/loss", point.devLoss(), "dev/macroF1", point.devScore()));
        }

        @Override
        public boolean stopped() {
            return watch.isCalledOff();
        }
    }
}
