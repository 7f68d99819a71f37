package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.Folders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.CurveReport;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.OutputDirectory;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.WrittenTexts;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.vocabulary.TokenizerJson;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** From files of pairs to a package that translates or summarises: data, vocabulary, training, files. */
public final class TranslationTraining {
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
    public TranslationTraining(ContentStore store, int threads, Clock clock, Progress progress, BooleanSupplier stop) {
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
    public Outcome run(TranslationRequest request, Seq2SeqOptions options, Path out, Path work)
            throws IOException, ModelRejectedException {
        OutputDirectory.refuseIfTaken(out);
        List<String> golden = golden(request, options.seed());
        progress.say("reading " + request.purpose());
        TranslationData data = TranslationData.read(request, options.seed(), progress);
        WorkFolder folder = new WorkFolder(work);
        TranslationRequest.Sizes sizes = request.sizes();
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
            List<WeightedPairs> dev = encoded(data.dev(), encoding);
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
            Map<String, String> settings = settings(request, shape, options, trained.result, run);
            Parts parts = new Parts(request, encoder, shape, tokenizer, data, trained, settings);
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

    /** All that a package is made of. */
    private record Parts(
            TranslationRequest request,
            SourceEncoder encoder,
            Seq2SeqShape shape,
            byte[] tokenizer,
            TranslationData data,
            Trained trained,
            Map<String, String> settings) {}

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

    private SourceEncoder encoder(TranslationRequest request, Vocabulary vocabulary, WorkFolder folder)
            throws IOException, ModelRejectedException {
        int longest = request.sizes().positions() - 1;
        if (request.pretrained().isPresent()) {
            return TakenEncoder.open(request.pretrained().get(), store, longest, folder.path(), threads, progress);
        }
        boolean cut = request.purpose() instanceof Purpose.Summary;
        return new OwnEncoder(new VocabularyEncoder(vocabulary), cut ? longest : Integer.MAX_VALUE);
    }

    private static Seq2SeqShape shape(TranslationRequest request, Vocabulary vocabulary) {
        TranslationRequest.Sizes sizes = request.sizes();
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

    private static String caseNoise(TranslationRequest request) {
        return request.purpose() instanceof Purpose.Translation translation
                ? String.valueOf(translation.caseNoise())
                : "";
    }

    /** The texts only: what somebody wrote of them is not asked for. */
    private static List<String> golden(TranslationRequest request, long seed) throws IOException {
        if (request.golden().isEmpty()) {
            return List.of();
        }
        DataFile file = DataFile.of(request.golden().get()).with(Summaries.COLUMNS);
        return Summaries.read(file, seed).sources();
    }

    private static Vocabulary vocabulary(
            TranslationRequest request, TranslationData data, WorkFolder folder, String identity) throws IOException {
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
        weights.putAll(StartingPoint.weights(packed(builder.training())));
        return weights;
    }

    private static ModelProto packed(ModelProto graph) throws ModelRejectedException {
        try {
            return PackedWeights.pack(graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the trained weights cannot be stored: " + e.getMessage(), e);
        }
    }

    /** With golden texts in two steps: what the package says of them is a part of it. */
    private ModelPackage write(Parts parts, List<String> golden, Path out, Path work)
            throws IOException, ModelRejectedException {
        if (golden.isEmpty()) {
            return writer(parts, List.of()).write(out, store);
        }
        ModelOpener opener = new ModelOpener(new InferenceSettings(threads, 1));
        Path draft = Files.createTempDirectory(work, "draft");
        try (TextModel model = opener.open(writer(parts, List.of()).write(draft, store))) {
            List<GoldenCase> cases = new ArrayList<>();
            List<String> texts = WrittenTexts.of(model, "golden texts", golden, progress);
            for (int i = 0; i < golden.size(); i++) {
                cases.add(new GoldenCase(golden.get(i), texts.get(i), Map.of()));
            }
            ModelPackage written = writer(parts, cases).write(out, store);
            opener.open(written).close();
            return written;
        } finally {
            Folders.deleteAll(draft);
        }
    }

    private PackageWriter writer(Parts parts, List<GoldenCase> golden) throws IOException, ModelRejectedException {
        TranslationRequest request = parts.request;
        Seq2SeqTraining.Result result = parts.trained.result;
        Map<String, Double> metrics = new TreeMap<>();
        result.devByFile().forEach((name, score) -> {
            metrics.put(name + "/crossEntropy", score.loss());
            metrics.put(name + "/rightTokens", score.macroF1());
        });
        ModelManifest manifest = ModelManifest.newBuilder()
                .setTask(request.task())
                .setName(request.purpose().modelName())
                .setVersion(request.version())
                .setKind(request.purpose().kind())
                .setCreatedAt(clock.instant())
                .setMaxTokens(parts.shape.positions())
                .setFiles(List.of())
                .setGoldenCases(golden)
                .setMetrics(metrics)
                .setProvenance(new TreeMap<>(parts.settings))
                .setLicense(request.license())
                .build();
        TranslationCard card = new TranslationCard(
                request, parts.shape, parts.data, result, parts.trained.stored, parts.settings, golden, notes(request));
        TranslationConfig config = new TranslationConfig(parts.shape, request.purpose(), request.beams());
        Seq2SeqBuilder builder = parts.encoder.builder(parts.shape, Seq2SeqWeights.of(result.weights()));
        ModelProto encoder = builder.encoder();
        ModelProto decoder = builder.decoder();
        PackageWriter writer = new PackageWriter(manifest)
                .add(FileRole.ENCODER, "encoder.onnx", (request.packed() ? packed(encoder) : encoder).toByteArray())
                .add(FileRole.DECODER, "decoder.onnx", (request.packed() ? packed(decoder) : decoder).toByteArray());
        parts.encoder.addTo(writer, parts.tokenizer, result.weights());
        return writer.add(FileRole.CONFIG, "config.json", config.model())
                .add(FileRole.GENERATION_CONFIG, "generation_config.json", config.generation())
                .add(FileRole.CARD, "MODEL_CARD.md", card.markdown().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> settings(
            TranslationRequest request,
            Seq2SeqShape shape,
            Seq2SeqOptions options,
            Seq2SeqTraining.Result result,
            String run) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "method",
                request.pretrained()
                        .map(pretrained -> "decoder behind " + pretrained)
                        .orElse("encoder-decoder from scratch"));
        settings.put("run", run);
        settings.put("shape", shape.toString());
        settings.put("options", options.toString());
        if (request.purpose() instanceof Purpose.Translation translation) {
            settings.put("caseNoise", String.valueOf(translation.caseNoise()));
        }
        settings.put("steps", String.valueOf(result.steps()));
        settings.put("pairsSeen", String.valueOf(result.seen()));
        settings.put("minutes", String.valueOf(result.spent().toMinutes()));
        settings.put("stored", request.packed() ? "int8 matrices, computed in fp32" : "fp32");
        settings.put("command", request.command());
        settings.put("java", Runtime.version().toString());
        settings.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        return settings;
    }

    private static String notes(TranslationRequest request) throws IOException {
        return request.notes().isPresent()
                ? Files.readString(request.notes().get()).strip()
                : "";
    }
}
