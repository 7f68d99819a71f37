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
final class GeneratorPackage {
    /** What the manifest's provenance may say: which of Hugging Face's {@code task_specific_params} count. */
    static final String TASK = "generation.task";

    private GeneratorPackage() {}

    /** Whether the package generates text; else it has one graph. */
    static boolean is(ModelPackage modelPackage) {
        return modelPackage.entry(FileRole.ENCODER).isPresent();
    }

    /** @throws ModelRejectedException if a file is missing, does not load, or does not fit the others */
    static Seq2SeqModel open(ModelPackage modelPackage, boolean int8, InferenceSettings settings)
            throws ModelRejectedException {
        ModelManifest manifest = modelPackage.manifest();
        GenerationConfig config = GenerationConfig.read(
                        file(modelPackage, FileRole.CONFIG),
                        modelPackage.file(FileRole.GENERATION_CONFIG),
                        manifest.getProvenance().getOrDefault(TASK, task(manifest.getKind())))
                .withMaxSourceTokens(manifest.getMaxTokens())
                .withDeadline(settings.generationDeadline());
        Seq2SeqFiles files = new Seq2SeqFiles(
                base(modelPackage),
                file(modelPackage, FileRole.ENCODER),
                file(modelPackage, FileRole.DECODER),
                modelPackage.file(FileRole.DECODER_WITH_PAST),
                file(modelPackage, FileRole.TOKENIZER),
                modelPackage.file(FileRole.TARGET_TOKENIZER));
        return Seq2SeqModel.open(files, config, int8, settings.intraOpThreads());
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

    static String task(String kind) {
        return kind.equals("summary") ? GenerationConfig.SUMMARIZATION : GenerationConfig.TRANSLATION;
    }

    private static Path file(ModelPackage modelPackage, FileRole role) throws ModelRejectedException {
        return modelPackage
                .file(role)
                .orElseThrow(() -> new ModelRejectedException(modelPackage.version() + " has no file for " + role));
    }
}
