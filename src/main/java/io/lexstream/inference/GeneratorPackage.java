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

    private GeneratorPackage() {}

    /** Whether the package generates text; else it has one graph. */
    public static boolean is(ModelPackage modelPackage) {
        return modelPackage.entry(FileRole.ENCODER).isPresent();
    }

    /**
     * Opens the model, which the caller owns then.
     *
     * @param threads inside one ONNX Runtime call
     * @throws ModelRejectedException if a file is missing, does not load, or does not fit the others
     */
    public static Seq2SeqModel open(ModelPackage modelPackage, boolean int8, int threads)
            throws ModelRejectedException {
        ModelManifest manifest = modelPackage.manifest();
        GenerationConfig config = GenerationConfig.read(
                        file(modelPackage, FileRole.CONFIG),
                        modelPackage.file(FileRole.GENERATION_CONFIG),
                        manifest.getProvenance().getOrDefault(TASK, task(manifest.getKind())))
                .withMaxSourceTokens(manifest.getMaxTokens())
                .withDeadline(DEADLINE);
        Seq2SeqFiles files = new Seq2SeqFiles(
                file(modelPackage, FileRole.ENCODER),
                file(modelPackage, FileRole.DECODER),
                modelPackage.file(FileRole.DECODER_WITH_PAST),
                file(modelPackage, FileRole.TOKENIZER),
                modelPackage.file(FileRole.TARGET_TOKENIZER));
        return Seq2SeqModel.open(files, config, int8, threads);
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
