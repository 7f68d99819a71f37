package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.onnx.Tensors;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.CurveReport;
import io.lexstream.trainer.OutputDirectory;
import io.lexstream.trainer.Progress;
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
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** From files of pairs to a package that translates: data, vocabulary, training, files. */
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
        progress.say("reading " + request.languages());
        TranslationData data = TranslationData.read(request, options.seed(), progress);
        WorkFolder folder = new WorkFolder(work);
        TranslationRequest.Sizes sizes = request.sizes();
        String dataIdentity = TextPlace.name(data.identity() + request.languages() + request.caseNoise());
        Optional<StartingPoint> from = request.from().isPresent()
                ? Optional.of(StartingPoint.of(request.from().get()))
                : Optional.empty();
        Vocabulary vocabulary = from.isPresent()
                ? from.get().vocabulary()
                : vocabulary(request, data, folder, TextPlace.name(dataIdentity + sizes.vocabulary()));
        progress.say("%,d tokens in the vocabulary".formatted(vocabulary.size()));
        Seq2SeqShape shape = new Seq2SeqShape(
                vocabulary.size(),
                sizes.width(),
                sizes.heads(),
                sizes.feedForward() == 0 ? 4 * sizes.width() : sizes.feedForward(),
                sizes.encoderLayers(),
                sizes.decoderLayers(),
                sizes.positions(),
                sizes.learnedPositions());
        PairEncoding encoding = new PairEncoding(new VocabularyEncoder(vocabulary), shape.positions() - 1);
        List<WeightedPairs> train = encoded(data.train(), encoding);
        List<WeightedPairs> dev = encoded(data.dev(), encoding);
        tell(train, encoding);
        byte[] tokenizer = TokenizerJson.write(vocabulary);
        String run = TextPlace.name(dataIdentity
                + shape
                + options.identity()
                + TextPlace.name(new String(tokenizer, StandardCharsets.UTF_8)));
        try (DjlBackend backend = DjlBackend.open(threads)) {
            ModelProto fresh = new Seq2SeqBuilder(
                            shape, from.map(StartingPoint::start).orElseGet(() -> Seq2SeqWeights.fresh(options.seed())))
                    .training();
            Seq2SeqTraining training = new Seq2SeqTraining(
                    backend,
                    TrainedGraph.ours(fresh),
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
            Seq2SeqBuilder builder = new Seq2SeqBuilder(shape, Seq2SeqWeights.of(result.weights()));
            double stored = request.packed()
                    ? training.score(stored(builder)).loss()
                    : result.dev().loss();
            progress.say(String.format(
                    Locale.ROOT,
                    "dev loss %.4f, with the weights as stored %.4f",
                    result.dev().loss(),
                    stored));
            Map<String, String> settings = settings(request, shape, options, result, run);
            TranslationCard card = new TranslationCard(request, shape, data, result, stored, settings, notes(request));
            ModelPackage written = write(request, builder, tokenizer, shape, card, settings, result, out);
            String report = new CurveReport(written.version().toString(), result.curve(), settings).html();
            return new Outcome(
                    written, report, result.dev().loss(), result.dev().macroF1());
        }
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
    private static Map<String, float[]> stored(Seq2SeqBuilder builder) throws ModelRejectedException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        PackedWeights.unpack(packed(builder.training()))
                .getGraph()
                .getInitializerList()
                .forEach(tensor -> {
                    if (Seq2SeqBuilder.isTrained(tensor.getName())) {
                        weights.put(tensor.getName(), Tensors.floats(tensor));
                    }
                });
        return weights;
    }

    private static ModelProto packed(ModelProto graph) throws ModelRejectedException {
        try {
            return PackedWeights.pack(graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the trained weights cannot be stored: " + e.getMessage(), e);
        }
    }

    private ModelPackage write(
            TranslationRequest request,
            Seq2SeqBuilder builder,
            byte[] tokenizer,
            Seq2SeqShape shape,
            TranslationCard card,
            Map<String, String> settings,
            Seq2SeqTraining.Result result,
            Path out)
            throws IOException, ModelRejectedException {
        Map<String, Double> metrics = new TreeMap<>();
        result.devByFile().forEach((name, score) -> {
            metrics.put(name + "/crossEntropy", score.loss());
            metrics.put(name + "/rightTokens", score.macroF1());
        });
        ModelManifest manifest = ModelManifest.newBuilder()
                .setTask(request.task())
                .setName("lexstream-" + String.join("-", request.languages().sources()) + "-"
                        + request.languages().target())
                .setVersion(request.version())
                .setKind("translation")
                .setCreatedAt(clock.instant())
                .setMaxTokens(shape.positions())
                .setFiles(List.of())
                .setMetrics(metrics)
                .setProvenance(new TreeMap<>(settings))
                .setLicense(request.license())
                .build();
        TranslationConfig config = new TranslationConfig(shape, request.languages(), request.beams());
        ModelProto encoder = builder.encoder();
        ModelProto decoder = builder.decoder();
        return new PackageWriter(manifest)
                .add(FileRole.ENCODER, "encoder.onnx", (request.packed() ? packed(encoder) : encoder).toByteArray())
                .add(FileRole.DECODER, "decoder.onnx", (request.packed() ? packed(decoder) : decoder).toByteArray())
                .add(FileRole.TOKENIZER, "tokenizer.json", tokenizer)
                .add(FileRole.CONFIG, "config.json", config.model())
                .add(FileRole.GENERATION_CONFIG, "generation_config.json", config.generation())
                .add(FileRole.CARD, "MODEL_CARD.md", card.markdown().getBytes(StandardCharsets.UTF_8))
                .write(out, store);
    }

    private static Map<String, String> settings(
            TranslationRequest request,
            Seq2SeqShape shape,
            Seq2SeqOptions options,
            Seq2SeqTraining.Result result,
            String run) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("method", "encoder-decoder from scratch");
        settings.put("run", run);
        settings.put("shape", shape.toString());
        settings.put("options", options.toString());
        settings.put("caseNoise", String.valueOf(request.caseNoise()));
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
