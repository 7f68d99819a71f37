package io.lexstream.inference;

import ai.onnxruntime.OrtException;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.summary.SummarySettings;
import io.lexstream.summary.SummarySettingsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens verified packages as live models; encoders with the same content are opened once and shared. */
public final class ModelOpener {
    private static final String WHOLE_GRAPH = "none";

    /** Long enough that nothing which passes short texts through can pass it through. */
    private static final String LONG = "The model reads a long text before anyone waits for it. ".repeat(20);

    private final InferenceSettings settings;
    private final EncoderPool encoders;

    public ModelOpener(InferenceSettings settings) {
        this.settings = settings;
        this.encoders = new EncoderPool(settings);
    }

    /**
     * Opens, warms up and checks on the package's golden cases. The caller owns the model.
     *
     * @throws ModelRejectedException if the graph does not load, has other inputs, outputs or label count than the
     *     manifest says, gives NaN, fails a golden case, is not admitted in the settings' precision, or if its adapter
     *     is broken or made for another graph
     */
    public TextModel open(ModelPackage modelPackage) throws ModelRejectedException {
        return open(modelPackage, settings.precision().admittedBy(modelPackage.manifest()));
    }

    /**
     * As {@link #open(ModelPackage)}, in {@code precision} whether or not the version admits it: for those who find out
     * whether it should.
     */
    public TextModel openToMeasure(ModelPackage modelPackage, Precision precision) throws ModelRejectedException {
        return open(modelPackage, precision.of(modelPackage.manifest()));
    }

    /** How many different encoders are open. */
    int openEncoders() {
        return encoders.size();
    }

    private TextModel open(ModelPackage modelPackage, Precision precision) throws ModelRejectedException {
        ModelManifest manifest = modelPackage.manifest();
        boolean int8 = precision == Precision.INT8;
        TextModel model = switch (manifest.getKind()) {
            case "classification" -> classifier(modelPackage, int8);
            case "summary" -> summarizer(modelPackage, int8);
            case "translation" -> translator(modelPackage, int8);
            default -> throw new ModelRejectedException("kind " + manifest.getKind() + " cannot be served");
        };
        try {
            warmUp(model);
            GoldenCheck.check(model, manifest, precision);
            return model;
        } catch (ModelRejectedException e) {
            model.close();
            throw e;
        } catch (InferenceException e) {
            model.close();
            throw new ModelRejectedException("the model does not run: " + rootMessage(e), e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private TextModel classifier(ModelPackage modelPackage, boolean int8) throws ModelRejectedException {
        ModelManifest manifest = modelPackage.manifest();
        GraphRecipe graph = graph(modelPackage, int8);
        LogitModel model = manifest.getPooling().equals(WHOLE_GRAPH)
                ? WholeGraph.open(graph, file(modelPackage, FileRole.TOKENIZER), manifest.getMaxTokens(), settings)
                : HeadOnEncoder.open(encoder(modelPackage, graph), file(modelPackage, FileRole.HEAD));
        return new SequenceClassifier(modelPackage.version().toString(), manifest.getLabels(), model);
    }

    private static GraphRecipe graph(ModelPackage modelPackage, boolean int8) throws ModelRejectedException {
        String sha256 = sha256(modelPackage, FileRole.GRAPH);
        return new GraphRecipe(
                file(modelPackage, FileRole.GRAPH),
                modelPackage.file(FileRole.ADAPTER).map(file -> new GraphRecipe.Adapter(file, sha256)),
                int8);
    }

    private TextModel summarizer(ModelPackage modelPackage, boolean int8) throws ModelRejectedException {
        if (GeneratorPackage.is(modelPackage)) {
            return TextGenerator.summarizer(generator(modelPackage, int8));
        }
        SummarySettings summary = summarySettings(file(modelPackage, FileRole.CONFIG));
        return ExtractiveSummarizer.open(
                modelPackage.version().toString(),
                encoder(modelPackage, graph(modelPackage, int8)),
                file(modelPackage, FileRole.HEAD),
                summary);
    }

    /** With the languages that it says it knows; one that says nothing gets every text as it is. */
    private TextModel translator(ModelPackage modelPackage, boolean int8) throws ModelRejectedException {
        Optional<TranslationLanguages> languages = TranslationLanguages.read(file(modelPackage, FileRole.CONFIG));
        Seq2SeqModel model = generator(modelPackage, int8);
        return languages.isEmpty()
                ? TextGenerator.translator(model)
                : TranslationModel.over(model, languages.get(), settings.language());
    }

    private Seq2SeqModel generator(ModelPackage modelPackage, boolean int8) throws ModelRejectedException {
        return GeneratorPackage.open(modelPackage, int8, settings);
    }

    private static SummarySettings summarySettings(Path file) throws ModelRejectedException {
        try {
            return SummarySettingsJson.read(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new ModelRejectedException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private EncoderPool.Lease encoder(ModelPackage modelPackage, GraphRecipe graph) throws ModelRejectedException {
        ModelManifest manifest = modelPackage.manifest();
        EncoderPool.Key key = new EncoderPool.Key(
                sha256(modelPackage, FileRole.GRAPH),
                graph.adapter().isEmpty() ? Optional.empty() : Optional.of(sha256(modelPackage, FileRole.ADAPTER)),
                graph.int8(),
                sha256(modelPackage, FileRole.TOKENIZER),
                Pooling.named(manifest.getPooling()),
                manifest.getMaxTokens());
        return encoders.acquire(key, graph, file(modelPackage, FileRole.TOKENIZER));
    }

    /** The first run of a shape is slow and finds what loading does not: do it before anyone waits. */
    private static void warmUp(TextModel model) {
        model.run(new TextBatch(List.of("ok")));
        model.run(new TextBatch(List.of("warm up, please", "and in a batch of two texts of unequal length")));
        model.run(new TextBatch(List.of(LONG)));
        model.probe();
    }

    private static Path file(ModelPackage modelPackage, FileRole role) throws ModelRejectedException {
        return modelPackage
                .file(role)
                .orElseThrow(() -> new ModelRejectedException(modelPackage.version() + " has no file for " + role));
    }

    private static String sha256(ModelPackage modelPackage, FileRole role) throws ModelRejectedException {
        return modelPackage
                .entry(role)
                .orElseThrow(() -> new ModelRejectedException("the manifest has no file for " + role))
                .getSha256();
    }

    private static String rootMessage(InferenceException e) {
        return e.getCause() instanceof OrtException cause
                ? e.getMessage() + ": " + cause.getMessage()
                : "" + e.getMessage();
    }
}
