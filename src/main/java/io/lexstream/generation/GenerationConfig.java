package io.lexstream.generation;

import com.fasterxml.jackson.databind.JsonNode;
import io.lexstream.model.ModelRejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an encoder-decoder model says about itself in Hugging Face's {@code config.json} and
 * {@code generation_config.json}.
 *
 * @param family Hugging Face's {@code model_type}: marian, t5, bart, mbart, ...; empty = not told
 * @param tokens ids with a meaning
 * @param maxSourceTokens longest source
 * @param sourcePrefix goes before every text, such as {@code "summarize: "} for T5
 * @param decoding how it is decoded unless its user wants otherwise
 */
public record GenerationConfig(
        String family, SpecialTokens tokens, int maxSourceTokens, String sourcePrefix, Decoding decoding) {
    private static final int DEFAULT_SOURCE_TOKENS = 512;

    /** Where {@code task_specific_params} of a model that summarizes are. */
    public static final String SUMMARIZATION = "summarization";

    /** The beginning of where those of a model that translates are; a language pair may follow. */
    public static final String TRANSLATION = "translation";

    /**
     * Reads both files. Of a key that both have, {@code generation_config.json} counts; what
     * {@code task_specific_params} say of the task counts before either, as in Hugging Face's pipelines.
     *
     * @param task {@link #SUMMARIZATION}, {@link #TRANSLATION}, or one pair such as {@code translation_en_to_de};
     *     parameters of several pairs and none named count for nothing
     * @throws ModelRejectedException if a file is no JSON object, or a value is missing, wrong or not supported
     */
    public static GenerationConfig read(Path config, Optional<Path> generation, String task)
            throws ModelRejectedException {
        JsonNode model = ConfigJson.read(config);
        List<JsonNode> objects = new ArrayList<>();
        taskParameters(model, task).ifPresent(objects::add);
        if (generation.isPresent()) {
            objects.add(ConfigJson.read(generation.get()));
        }
        objects.add(model);
        return of(new ConfigJson(objects));
    }

    private static GenerationConfig of(ConfigJson json) throws ModelRejectedException {
        if (!json.isTrue("is_encoder_decoder", true)) {
            throw new ModelRejectedException("the configuration is of a model without encoder and decoder");
        }
        ConfigJson.require(json.integer("num_beam_groups", 1) <= 1, "num_beam_groups", "1", "more");
        ConfigJson.require(
                json.integer("encoder_no_repeat_ngram_size", 0) == 0, "encoder_no_repeat_ngram_size", "0", "more");
        OptionalInt positions = json.integer("max_position_embeddings");
        int maxSource = positions.orElse(json.integer("n_positions", DEFAULT_SOURCE_TOKENS));
        ConfigJson.require(maxSource >= 4, "max_position_embeddings", "4 or more", maxSource);
        try {
            return new GenerationConfig(
                    json.text("model_type", "").toLowerCase(Locale.ROOT),
                    tokens(json),
                    maxSource,
                    json.text("prefix", ""),
                    decoding(json, positions));
        } catch (IllegalArgumentException e) {
            throw new ModelRejectedException("the configuration cannot be used: " + e.getMessage(), e);
        }
    }

    private static SpecialTokens tokens(ConfigJson json) throws ModelRejectedException {
        List<Integer> ends = json.integers("eos_token_id");
        ConfigJson.require(!ends.isEmpty(), "eos_token_id", "a token id, or a list of them", "missing");
        OptionalInt start = json.integer("decoder_start_token_id");
        if (start.isEmpty()) {
            start = json.integer("bos_token_id");
        }
        ConfigJson.require(start.isPresent(), "decoder_start_token_id", "a token id", "missing");
        List<Integer> last = json.integers("forced_eos_token_id");
        return new SpecialTokens(
                start.getAsInt(),
                ends,
                json.integer("pad_token_id", ends.get(0)),
                json.integer("forced_bos_token_id"),
                last.isEmpty() ? OptionalInt.empty() : OptionalInt.of(last.get(0)),
                json.sequences("bad_words_ids"));
    }

    /** Hugging Face's lengths count the start token, ours do not. */
    private static Decoding decoding(ConfigJson json, OptionalInt positions) throws ModelRejectedException {
        int longest = positions.orElse(Integer.MAX_VALUE) - 1;
        int most = json.integer("max_length", Decoding.DEFAULT_MAX_TOKENS + 1) - 1;
        int max = Math.min(longest, json.integer("max_new_tokens", most));
        int min = json.integer("min_new_tokens", Math.max(0, json.integer("min_length", 0) - 1));
        Decoding decoding = Decoding.GREEDY
                .withTokens(min, max)
                .withBeams(json.integer("num_beams", 1))
                .withLengthPenalty(json.number("length_penalty", 1))
                .withEarlyStopping(earlyStopping(json))
                .withRepetition(json.integer("no_repeat_ngram_size", 0), json.number("repetition_penalty", 1));
        if (!json.isTrue("do_sample", false)) {
            return decoding;
        }
        return decoding.withSampling(
                new Sampling(json.number("temperature", 1), json.integer("top_k", 50), json.number("top_p", 1), 0));
    }

    private static EarlyStopping earlyStopping(ConfigJson json) throws ModelRejectedException {
        Optional<JsonNode> value = json.find("early_stopping");
        if (value.isPresent() && value.get().isTextual()) {
            ConfigJson.require(
                    value.get().textValue().equals("never"), "early_stopping", "true, false or never", value.get());
            return EarlyStopping.NEVER;
        }
        return json.isTrue("early_stopping", false) ? EarlyStopping.FIRST : EarlyStopping.HEURISTIC;
    }

    private static Optional<JsonNode> taskParameters(JsonNode model, String task) {
        JsonNode all = model.path("task_specific_params");
        if (all.path(task).isObject()) {
            return Optional.of(all.path(task));
        }
        List<JsonNode> pairs = all.properties().stream()
                .filter(entry -> task.equals(TRANSLATION) && entry.getKey().startsWith(TRANSLATION))
                .map(entry -> entry.getValue())
                .filter(JsonNode::isObject)
                .toList();
        return pairs.size() == 1 ? Optional.of(pairs.get(0)) : Optional.empty();
    }

    /** The same, of sources of at most {@code tokens}. */
    public GenerationConfig withMaxSourceTokens(int tokens) {
        return new GenerationConfig(family, this.tokens, Math.min(maxSourceTokens, tokens), sourcePrefix, decoding);
    }
}
