package io.lexstream.trainer.seq2seq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lexstream.model.ModelPackage;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.schemas.FileRole;
import io.lexstream.trainer.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A package's {@code config.json}, as {@link TranslationConfig} or Hugging Face has written it.
 *
 * @param root of the JSON
 */
record ModelConfig(JsonNode root) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN = "lexstream";

    static ModelConfig of(ModelPackage model) throws IOException {
        Path file = model.file(FileRole.CONFIG)
                .orElseThrow(() -> new DataException(model.version() + " has no file with the role CONFIG"));
        try {
            return new ModelConfig(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new DataException(model.version() + ": config.json is no JSON", e);
        }
    }

    /** Sizes of a model whose graphs {@link io.lexstream.onnx.Seq2SeqBuilder} has written; empty for all others. */
    Optional<Seq2SeqShape> shape() {
        return root.path("model_type").asText().equals(OWN)
                ? Optional.of(new Seq2SeqShape(
                        size("vocab_size"),
                        size("d_model"),
                        size("encoder_attention_heads"),
                        size("encoder_ffn_dim"),
                        size("encoder_layers"),
                        size("decoder_layers"),
                        size("max_position_embeddings"),
                        !root.path("static_position_embeddings").asBoolean(true)))
                : Optional.empty();
    }

    /** Languages of a translation model; empty if it does not say. */
    Optional<Languages> languages() {
        JsonNode section = root.path(OWN);
        List<String> sources = new ArrayList<>();
        section.path("source_languages").forEach(language -> sources.add(language.asText()));
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Languages(sources, section.path("target_language").asText()));
    }

    /** Whether texts are masked before the model reads them. */
    boolean masks() {
        return languages().isPresent() && root.path(OWN).path("masks").asBoolean(true);
    }

    private int size(String key) {
        return root.path(key).asInt();
    }
}
