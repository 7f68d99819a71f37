package io.lexstream.trainer.seq2seq;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.model.ContentStore;
import io.lexstream.model.Folders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.CurveReport;
import io.lexstream.trainer.OutputDirectory;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.vocabulary.TokenizerJson;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** From files of pairs to a package that translates or summarises: data, vocabulary, training, files. */
public final class ScratchTraining {
    static {
        TrustedRecords.allow(); // a builder copies, and fills in defaults, by the schema
    }

    private final ContentStore store;
    private final int threads;
    private final Clock clock;
    private final Progress progress;
    private final BooleanSupplier stop;

    /**
     * What came out.
     *
     * @param report a page of HTML
     */
    public record Outcome(ModelPackage modelPackage, String report, double devLoss, double devHits) {}

    /**
     * @param threads that one operation may use
     * @param stop once true, a checkpoint is written and the run ends with a CancellationException
     */
    public ScratchTraining(ContentStore store, int threads, Clock clock, Progress progress, BooleanSupplier stop) {
        this.store = store;
        this.threads = threads;
        this.clock = clock;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Trains, or goes on, and writes the package.
     *
     * @param out absent or empty
     * @param work keeps vocabulary and checkpoint; what of other runs is there stays unused
     */
    public Outcome run(ScratchRequest request, Seq2SeqOptions options, Path out, Path work)
            throws IOException, ModelRejectedException {
        OutputDirectory.refuseIfTaken(out);
        List<String> golden = ScratchData.golden(request, options.seed());
        progress.say("reading " + request.purpose());
        ScratchData data = ScratchData.read(request, options.seed(), progress);
        WorkFolder folder = new WorkFolder(work);
        ScratchRequest.Sizes sizes = request.sizes();
        String dataIdentity = TextPlace.name(data.identity() + request.purpose() + caseNoise(request));
        Optional<StartingPoint> from = request.from().isPresent()
                ? Optional.of(StartingPoint.of(request.from().get()))
                : Optional.empty();
        Vocabulary vocabulary = from.isPresent()
                ? from.get().vocabulary()
                : vocabulary(request, data, folder, TextPlace.name(dataIdentity + sizes.vocabulary()));
        progress.say("%,d tokens in the vocabulary".formatted(vocabulary.size()));
        Seq2SeqShape shape = shape(request, vocabulary);
        try (SourceEncoder encoder = encoder(request, vocabulary, folder)) {
            PairEncoding encoding = new PairEncoding(encoder, new VocabularyEncoder(vocabulary), shape.positions() - 1);
            List<WeightedPairs> train = encoded(data.train(), encoding);
            List<WeightedPairs> dev = encoded(data.devRead(), encoding);
            tell(train, encoding);
            byte[] tokenizer = TokenizerJson.write(vocabulary);
            String run = TextPlace.name(dataIdentity
                    + shape
                    + options.identity()
                    + encoder.identity()
                    + TextPlace.name(new String(tokenizer, StandardCharsets.UTF_8)));
            Seq2SeqWeights start = from.isPresent() ? from.get().start() : encoder.fresh(vocabulary, options.seed());
            List<WeightedPairs> all =
                    Stream.concat(train.stream(), dev.stream()).toList();
            TrainedGraph graph = encoder.trained(encoder.builder(shape, start), all);
            Trained trained = train(graph, train, dev, encoder, shape, options, folder, run, request.packed());
            Map<String, String> settings = ScratchPackage.settings(request, shape, options, trained.result, run);
            ScratchPackage parts = new ScratchPackage(
                    request,
                    encoder,
                    shape,
                    tokenizer,
                    data,
                    trained.result,
                    trained.stored,
                    settings,
                    clock.instant());
            ModelPackage written = write(parts, golden, out, work);
            String report = new CurveReport(written.version().toString(), trained.result.curve(), settings).html();
            return new Outcome(
                    written,
                    report,
                    trained.result.dev().loss(),
                    trained.result.dev().macroF1());
        }
    }

    /**
     * What training gave.
     *
     * @param stored loss with the weights as the package has them
     */
    private record Trained(Seq2SeqTraining.Result result, double stored) {}

    private Trained train(
            TrainedGraph graph,
            List<WeightedPairs> train,
            List<WeightedPairs> dev,
            SourceEncoder encoder,
            Seq2SeqShape shape,
            Seq2SeqOptions options,
            WorkFolder folder,
            String run,
            boolean packed)
            throws IOException, ModelRejectedException {
        try (DjlBackend backend = DjlBackend.open(threads)) {
            Seq2SeqTraining training = new Seq2SeqTraining(
                    backend,
                    graph,
                    train,
                    dev,
                    options,
                    folder.checkpoint(run),
                    run,
                    new ToldTraining(progress, stop),
                    System::nanoTime);
            progress.say(String.format(
                    Locale.ROOT, "%.1f million weights; run %s", training.parameters() / 1e6, run.substring(0, 8)));
            progress.start();
            Seq2SeqTraining.Result result = training.run();
            Seq2SeqBuilder builder = encoder.builder(shape, Seq2SeqWeights.of(result.weights()));
            double stored = packed
                    ? training.score(stored(builder, result.weights())).loss()
                    : result.dev().loss();
            progress.say(String.format(
                    Locale.ROOT,
                    "dev loss %.4f, with the weights as stored %.4f",
                    result.dev().loss(),
                    stored));
            return new Trained(result, stored);
        }
    }

    private SourceEncoder encoder(ScratchRequest request, Vocabulary vocabulary, WorkFolder folder)
            throws IOException, ModelRejectedException {
        int longest = request.sizes().positions() - 1;
        if (request.pretrained().isPresent()) {
            return TakenEncoder.open(request.pretrained().get(), store, longest, folder.path(), threads, progress);
        }
        boolean cut = request.purpose() instanceof Purpose.Summary;
        return new OwnEncoder(new VocabularyEncoder(vocabulary), cut ? longest : Integer.MAX_VALUE);
    }

    private static Seq2SeqShape shape(ScratchRequest request, Vocabulary vocabulary) {
        ScratchRequest.Sizes sizes = request.sizes();
        return new Seq2SeqShape(
                vocabulary.size(),
                sizes.width(),
                sizes.heads(),
                sizes.feedForward() == 0 ? 4 * sizes.width() : sizes.feedForward(),
                request.pretrained().isPresent() ? 0 : sizes.encoderLayers(),
                sizes.decoderLayers(),
                sizes.positions(),
                sizes.learnedPositions());
    }

    private static String caseNoise(ScratchRequest request) {
        return request.purpose() instanceof Purpose.Translation translation
                ? String.valueOf(translation.caseNoise())
                : "";
    }

    private static Vocabulary vocabulary(ScratchRequest request, ScratchData data, WorkFolder folder, String identity)
            throws IOException {
        return request.vocabulary().isPresent()
                ? TokenizerJson.read(Files.readAllBytes(request.vocabulary().get()))
                : folder.vocabulary(data, request.sizes().vocabulary(), identity);
    }

    private static List<WeightedPairs> encoded(List<PairRows> rows, PairEncoding encoding) {
        return rows.stream()
                .map(file -> new WeightedPairs(
                        file.name(), file.weight(), encoding.encode(file.pairs().rows())))
                .filter(file -> !file.pairs().isEmpty())
                .toList();
    }

    private void tell(List<WeightedPairs> train, PairEncoding encoding) {
        long pairs = train.stream().mapToLong(file -> file.pairs().size()).sum();
        double tokens = train.stream()
                .mapToDouble(file -> file.weight()
                        * file.pairs().stream().mapToLong(TokenPair::tokens).sum())
                .sum();
        progress.say(String.format(
                Locale.ROOT,
                "%,d pairs, %.1f million tokens an epoch; %,d pairs are too long",
                pairs,
                tokens / 1e6,
                encoding.tooLong()));
    }

    /** The weights as a reader of the packed graphs gets them. */
    private static Map<String, float[]> stored(Seq2SeqBuilder builder, Map<String, float[]> trained)
            throws ModelRejectedException {
        Map<String, float[]> weights = new LinkedHashMap<>(trained);
        weights.putAll(StartingPoint.weights(ScratchPackage.packed(builder.training())));
        return weights;
    }

    /** In two steps: what the package says of what it writes is a part of it. */
    private ModelPackage write(ScratchPackage parts, List<String> golden, Path out, Path work)
            throws IOException, ModelRejectedException {
        ModelOpener opener = new ModelOpener(new InferenceSettings(threads, 1));
        Path draft = Files.createTempDirectory(work, "draft");
        try {
            ModelPackage version = parts.writer(ServedVersion.Measured.NOTHING).write(draft, store);
            ServedVersion.Measured measured = new ServedVersion(version, opener, progress)
                    .measure(
                            golden,
                            pairs(parts.data().test()),
                            pairs(parts.data().dev()));
            ModelPackage written = parts.writer(measured).write(out, store);
            opener.open(written).close();
            return written;
        } finally {
            Folders.deleteAll(draft);
        }
    }

    private static List<TextPairs> pairs(List<PairRows> files) {
        return files.stream().map(PairRows::pairs).toList();
    }
}
