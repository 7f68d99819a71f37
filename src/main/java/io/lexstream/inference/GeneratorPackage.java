package io.lexstream.inference;

import io.lexstream.generation.GenerationConfig;
import io.lexstream.generation.Seq2SeqFiles;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.nio.file.Path;
import java.time.Duration;

/** The encoder-decoder model of a package. */
public final class GeneratorPackage {
    /** What the manifest's provenance may say: which of Hugging Face's {@code task_specific_params} count. */
    static final String TASK = "generation.task";

    /** Most time for a text, so that a model that does not come to an end holds nothing up. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final String TRANSLATION = "translation";

    private GeneratorPackage() {}

    /** Whether the package generates text; else it has one graph. */
    public static boolean is(ModelPackage modelPackage) {
        return modelPackage.entry(FileRole.ENCODER).isPresent();
    }

    /** @throws ModelRejectedException if a file is missing, does not load, or does not fit the others */
    static Seq2SeqModel open(ModelPackage modelPackage, boolean int8, int threads) throws ModelRejectedException {
        return Seq2SeqModel.open(files(modelPackage), config(modelPackage).withDeadline(DEADLINE), int8, threads);
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
                file(modelPackage, FileRole.ENCODER),
                file(modelPackage, FileRole.DECODER),
                modelPackage.file(FileRole.DECODER_WITH_PAST),
                file(modelPackage, FileRole.TOKENIZER),
                modelPackage.file(FileRole.TARGET_TOKENIZER));
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
