package io.lexstream.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.generation.GenerationConfig;
import io.lexstream.model.ManifestJson;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A folder with an encoder-decoder model as optimum exports it from Hugging Face, or of the two graphs that our trainer
 * writes: graphs in {@code onnx/} or at the top, settings and tokenizers beside them. It becomes a package as it is.
 */
public final class HuggingFaceFolder {
    private static final String TRANSLATION = "translation";
    private static final String SUMMARY = "summary";

    /** What exports in other precisions are called; the exact one comes first. */
    private static final List<String> PRECISIONS = List.of("", "_quantized", "_int8", "_uint8");

    /** Families that do nothing but translate. */
    private static final List<String> TRANSLATORS = List.of("marian", "m2m_100", "fsmt");

    private static final List<String> SUMMARIZERS = List.of("pegasus", "pegasus_x");
    private static final int MAX_SOURCE_TOKENS = 32_768;

    private final Path folder;
    private final Map<FileRole, Path> files;

    private HuggingFaceFolder(Path folder, Map<FileRole, Path> files) {
        this.folder = folder;
        this.files = files;
    }

    /** The folder, if it has a {@code config.json}, an encoder and a decoder, and is no package already. */
    public static Optional<HuggingFaceFolder> find(Path folder) {
        Map<FileRole, Path> files = new EnumMap<>(FileRole.class);
        named(folder, "config.json").ifPresent(file -> files.put(FileRole.CONFIG, file));
        for (String precision : PRECISIONS) {
            if (!files.containsKey(FileRole.DECODER)) {
                graphs(folder, precision, files);
            }
        }
        boolean model = files.containsKey(FileRole.CONFIG) && files.containsKey(FileRole.DECODER);
        if (!model || Files.exists(folder.resolve(ManifestJson.FILE_NAME))) {
            return Optional.empty();
        }
        named(folder, "generation_config.json").ifPresent(file -> files.put(FileRole.GENERATION_CONFIG, file));
        named(folder, "tokenizer.json").ifPresent(file -> files.put(FileRole.TOKENIZER, file));
        named(folder, "target_tokenizer.json")
                .or(() -> named(folder, "tokenizer_target.json"))
                .ifPresent(file -> files.put(FileRole.TARGET_TOKENIZER, file));
        return Optional.of(new HuggingFaceFolder(folder, files));
    }

    /** Takes the graphs of that precision, if an encoder and a decoder are there: the fewest that have a cache. */
    private static void graphs(Path folder, String precision, Map<FileRole, Path> files) {
        Optional<Path> ours = named(folder, "encoder" + precision + ".onnx");
        Optional<Path> encoder = ours.or(() -> named(folder, "encoder_model" + precision + ".onnx"));
        Optional<Path> merged = named(folder, "decoder_model_merged" + precision + ".onnx");
        Optional<Path> decoder = ours.isPresent()
                ? named(folder, "decoder" + precision + ".onnx")
                : merged.or(() -> named(folder, "decoder_model" + precision + ".onnx"));
        if (encoder.isEmpty() || decoder.isEmpty()) {
            return;
        }
        files.put(FileRole.ENCODER, encoder.get());
        files.put(FileRole.DECODER, decoder.get());
        if (ours.isEmpty() && merged.isEmpty()) {
            named(folder, "decoder_with_past_model" + precision + ".onnx")
                    .ifPresent(file -> files.put(FileRole.DECODER_WITH_PAST, file));
        }
    }

    private static Optional<Path> named(Path folder, String name) {
        return List.of(folder.resolve(name), folder.resolve("onnx").resolve(name)).stream()
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The folder as a package; its files stay where they are. Named by the folder, its version by the decoder's digest.
     *
     * @param task that it is to serve; empty = translation or summary, whichever the model is for
     * @throws ModelRejectedException if a file is missing, or nothing tells what the model does
     */
    public ModelPackage asPackage(Optional<String> task) throws IOException, ModelRejectedException {
        return writer(task).inPlace();
    }

    private PackageWriter writer(Optional<String> task) throws IOException, ModelRejectedException {
        if (!files.containsKey(FileRole.TOKENIZER)) {
            throw new ModelRejectedException(folder + " has no tokenizer.json: have it saved by a fast tokenizer");
        }
        String kind = kind(task);
        Path config = file(FileRole.CONFIG);
        Optional<Path> generation = Optional.ofNullable(files.get(FileRole.GENERATION_CONFIG));
        GenerationConfig settings = GenerationConfig.read(config, generation, GeneratorPackage.task(kind));
        ModelManifest manifest = ManifestJson.draft(task.orElse(kind), name(), "draft");
        manifest.setKind(kind);
        manifest.setMaxTokens(Math.min(MAX_SOURCE_TOKENS, settings.maxSourceTokens()));
        manifest.setProvenance(Map.of("model.type", settings.family(), "source", "folder " + name()));
        PackageWriter writer = new PackageWriter(manifest);
        for (Map.Entry<FileRole, Path> file : files.entrySet()) {
            writer.add(file.getKey(), String.valueOf(file.getValue().getFileName()), file.getValue());
        }
        return writer.versionBy(FileRole.DECODER, "folder-");
    }

    /** What the model does: what its task is called, or else what its configuration tells. */
    private String kind(Optional<String> task) throws IOException, ModelRejectedException {
        if (task.isPresent() && List.of(TRANSLATION, SUMMARY).contains(task.get())) {
            return task.get();
        }
        JsonNode config = config();
        String family = config.path("model_type").asText().toLowerCase(Locale.ROOT);
        JsonNode tasks = config.path("task_specific_params");
        boolean translates =
                TRANSLATORS.contains(family) || config.path("lexstream").has("target_language");
        boolean summarizes = SUMMARIZERS.contains(family) || (tasks.size() == 1 && tasks.has("summarization"));
        if (translates == summarizes) {
            throw new ModelRejectedException(
                    folder + " does not say what the model does: say --task translation or" + " --task summary");
        }
        return translates ? TRANSLATION : SUMMARY;
    }

    private JsonNode config() throws IOException, ModelRejectedException {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(file(FileRole.CONFIG)));
        } catch (JsonProcessingException e) {
            throw new ModelRejectedException("config.json is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Path file(FileRole role) {
        return files.getOrDefault(role, folder);
    }

    private String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }
}
