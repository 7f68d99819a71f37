package io.lexstream.inference;

import io.lexstream.generation.GenerationConfig;
import io.lexstream.generation.Seq2SeqFiles;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.nio.file.Path;
import java.util.Optional;

/** The encoder-decoder model of a package. */
public final class GeneratorPackage {
    /** What the manifest's provenance may say: which of Hugging Face's {@code task_specific_params} count. */
    static final String TASK = "generation.task";

    private static final String TRANSLATION = "translation";

    private GeneratorPackage() {}

    /** Whether the package generates text; else it has one graph. */
    public static boolean is(ModelPackage modelPackage) {
        return modelPackage.entry(FileRole.ENCODER).isPresent();
    }

    /**
     * Opens the model, which the caller owns then.
     *
     * @throws ModelRejectedException if a file is missing, does not load, or does not fit the others
     */
    public static Seq2SeqModel open(ModelPackage modelPackage, boolean int8, InferenceSettings settings)
            throws ModelRejectedException {
        return Seq2SeqModel.open(
                files(modelPackage),
                config(modelPackage).withDeadline(settings.generationDeadline()),
                int8,
                settings.intraOpThreads());
    }

    /**
     * How the model reads and writes.
     *
     * @throws ModelRejectedException if a file is missing or says something that cannot be
     */
    public static GenerationConfig config(ModelPackage modelPackage) throws ModelRejectedException {
        ModelManifest manifest = modelPackage.manifest();
        return GenerationConfig.read(
                        file(modelPackage, FileRole.CONFIG),
                        modelPackage.file(FileRole.GENERATION_CONFIG),
                        manifest.getProvenance().getOrDefault(TASK, task(manifest.getKind())))
                .withMaxSourceTokens(manifest.getMaxTokens());
    }

    /** @throws ModelRejectedException if one is missing */
    public static Seq2SeqFiles files(ModelPackage modelPackage) throws ModelRejectedException {
        return new Seq2SeqFiles(
                base(modelPackage),
                file(modelPackage, FileRole.ENCODER),
                file(modelPackage, FileRole.DECODER),
                modelPackage.file(FileRole.DECODER_WITH_PAST),
                file(modelPackage, FileRole.TOKENIZER),
                modelPackage.file(FileRole.TARGET_TOKENIZER));
    }

    /** The pretrained encoder that the package's own goes behind, if it has one. */
    private static Optional<Seq2SeqFiles.Base> base(ModelPackage modelPackage) {
        Optional<Path> graph = modelPackage.file(FileRole.GRAPH);
        Optional<String> sha256 = modelPackage.entry(FileRole.GRAPH).map(ModelFile::getSha256);
        if (graph.isEmpty() || sha256.isEmpty()) {
            return Optional.empty();
        }
        Optional<GraphRecipe.Adapter> adapter =
                modelPackage.file(FileRole.ADAPTER).map(file -> new GraphRecipe.Adapter(file, sha256.get()));
        return Optional.of(new Seq2SeqFiles.Base(graph.get(), adapter));
    }

    /**
     * Whether what must survive a translation is replaced by placeholders before the model reads a text.
     *
     * @throws ModelRejectedException if the package's configuration is missing or wrong
     */
    public static boolean masks(ModelPackage modelPackage) throws ModelRejectedException {
        return modelPackage.manifest().getKind().equals(TRANSLATION)
                && TranslationLanguages.read(file(modelPackage, FileRole.CONFIG))
                        .map(TranslationLanguages::masks)
                        .orElse(false);
    }

    static String task(String kind) {
        return kind.equals("summary") ? GenerationConfig.SUMMARIZATION : GenerationConfig.TRANSLATION;
    }

    private static Path file(ModelPackage modelPackage, FileRole role) throws ModelRejectedException {
        return modelPackage
                .file(role)
                .orElseThrow(() -> new ModelRejectedException(modelPackage.version() + " has no file for " + role));
    }
}
