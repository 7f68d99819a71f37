package io.lexstream.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A small encoder-decoder model of one set of random weights, written in any layout, with a tokenizer of words and the
 * configuration that Hugging Face would write.
 */
final class TinySeq2Seq {
    static final int PAD = 0;
    static final int END = 1;
    static final int BEGIN = 3;

    /** Several, so that random texts end at different lengths. */
    static final List<Integer> ENDS = List.of(END, 6, 11, 17, 22);

    private final TinyTransformer.Shape shape;
    private final TinyTransformer model;

    TinySeq2Seq(TinyTransformer.Shape shape, long seed) {
        this.shape = shape;
        this.model = new TinyTransformer(shape, seed);
    }

    SpecialTokens tokens() {
        return switch (shape) {
            case MARIAN ->
                new SpecialTokens(PAD, ENDS, PAD, OptionalInt.empty(), OptionalInt.empty(), List.of(List.of(PAD)));
            case T5 -> new SpecialTokens(PAD, ENDS, PAD, OptionalInt.empty(), OptionalInt.empty(), List.of());
            case BART -> new SpecialTokens(END, ENDS, PAD, OptionalInt.of(BEGIN), OptionalInt.of(END), List.of());
        };
    }

    Seq2SeqFiles write(Path folder, Seq2SeqLayout layout) throws IOException {
        Path graphs = Files.createDirectories(folder);
        Path encoder = encoder(graphs, layout);
        return new Seq2SeqFiles(
                encoder,
                decoder(graphs, layout),
                layout == Seq2SeqLayout.WITH_PAST ? Optional.of(withPast(graphs)) : Optional.empty(),
                tokenizer(folder.resolve("tokenizer.json"), "w"),
                Optional.empty());
    }

    /** As {@code AutoModelForSeq2SeqLM} would save it. */
    Path config(Path folder) throws IOException {
        SpecialTokens tokens = tokens();
        String forced = tokens.forcedFirst().isPresent()
                ? "\"forced_bos_token_id\": " + BEGIN + ", \"forced_eos_token_id\": " + END + ","
                : "";
        return Files.writeString(folder.resolve("config.json"), """
                {"model_type": "%s", "is_encoder_decoder": true, "eos_token_id": %s, "pad_token_id": %d, %s
                 "decoder_start_token_id": %d, "bad_words_ids": %s, "max_position_embeddings": 32, "max_length": 13}
                """.formatted(
                        shape.name().toLowerCase(java.util.Locale.ROOT),
                        ENDS,
                        PAD,
                        forced,
                        tokens.start(),
                        tokens.banned().isEmpty() ? "null" : tokens.banned()));
    }

    private Path encoder(Path folder, Seq2SeqLayout layout) throws IOException {
        GraphScript graph = new GraphScript();
        String ids = graph.input("input_ids", GraphScript.INT64, "batch", "source");
        String mask = graph.input("attention_mask", GraphScript.INT64, "batch", "source");
        String states = model.encode(graph, ids, mask);
        if (layout != Seq2SeqLayout.CROSS_CACHE) {
            graph.output("last_hidden_state", states, GraphScript.FLOAT, "batch", "source", TinyTransformer.DIM);
            return graph.write(folder.resolve("encoder_model.onnx"));
        }
        present(graph, "", "encoder", model.cross(graph, states));
        return graph.write(folder.resolve("encoder.onnx"));
    }

    private Path decoder(Path folder, Seq2SeqLayout layout) throws IOException {
        return switch (layout) {
            case CROSS_CACHE -> crossCache(folder);
            case MERGED -> merged(folder);
            case PLAIN, WITH_PAST -> plain(folder, layout == Seq2SeqLayout.WITH_PAST);
        };
    }

    private Path crossCache(Path folder) throws IOException {
        GraphScript graph = new GraphScript();
        String ids = graph.input("input_ids", GraphScript.INT64, "batch", "target");
        String mask = graph.input("encoder_attention_mask", GraphScript.INT64, "batch", "source");
        var decoded = model.decode(graph, ids, mask, past(graph, "encoder"), past(graph, "decoder"));
        logits(graph, decoded.logits());
        present(graph, "", "decoder", decoded.self());
        return graph.write(folder.resolve("decoder.onnx"));
    }

    private Path plain(Path folder, boolean withPresent) throws IOException {
        GraphScript graph = new GraphScript();
        String ids = graph.input("input_ids", GraphScript.INT64, "batch", "target");
        String mask = graph.input("encoder_attention_mask", GraphScript.INT64, "batch", "source");
        String states = states(graph);
        List<TinyTransformer.Cache> cross = model.cross(graph, states);
        var decoded = model.decode(graph, ids, mask, cross, List.of());
        logits(graph, decoded.logits());
        if (withPresent) {
            present(graph, "", "decoder", decoded.self());
            present(graph, "", "encoder", cross);
        }
        return graph.write(folder.resolve("decoder_model.onnx"));
    }

    private Path withPast(Path folder) throws IOException {
        GraphScript graph = new GraphScript();
        String mask = graph.input("encoder_attention_mask", GraphScript.INT64, "batch", "source");
        String ids = graph.input("input_ids", GraphScript.INT64, "batch", "target");
        var decoded = model.decode(graph, ids, mask, past(graph, "encoder"), past(graph, "decoder"));
        logits(graph, decoded.logits());
        present(graph, "", "decoder", decoded.self());
        return graph.write(folder.resolve("decoder_with_past_model.onnx"));
    }

    private Path merged(Path folder) throws IOException {
        GraphScript graph = new GraphScript();
        String mask = graph.input("encoder_attention_mask", GraphScript.INT64, "batch", "source");
        String ids = graph.input("input_ids", GraphScript.INT64, "batch", "target");
        String states = states(graph);
        List<TinyTransformer.Cache> pastSelf = past(graph, "decoder");
        List<TinyTransformer.Cache> pastCross = past(graph, "encoder");
        String useCache = graph.input("use_cache_branch", GraphScript.BOOL, 1);

        GraphScript later = graph.branch("later");
        var decoded = model.decode(later, ids, mask, pastCross, pastSelf);
        later.output(
                "later/logits", decoded.logits(), GraphScript.FLOAT, "batch", "target", TinyTransformer.VOCABULARY);
        present(later, "later/", "decoder", decoded.self());
        // What optimum's merged graphs give in this branch is no cache of the source, but a dummy.
        String dummy = later.weight("dummy", new float[0], 0, TinyTransformer.HEADS, 1, TinyTransformer.WIDTH);
        present(
                later,
                "later/",
                "encoder",
                java.util.Collections.nCopies(TinyTransformer.LAYERS, new TinyTransformer.Cache(dummy, dummy)));

        GraphScript first = graph.branch("first");
        List<TinyTransformer.Cache> cross = model.cross(first, states);
        var begun = model.decode(first, ids, mask, cross, List.of());
        first.output("first/logits", begun.logits(), GraphScript.FLOAT, "batch", "target", TinyTransformer.VOCABULARY);
        present(first, "first/", "decoder", begun.self());
        present(first, "first/", "encoder", cross);

        List<String> outputs = new ArrayList<>(List.of("logits"));
        outputs.addAll(cacheNames("present.", "decoder"));
        outputs.addAll(cacheNames("present.", "encoder"));
        graph.choose(useCache, later, first, outputs);
        graph.outputOfIf("logits", GraphScript.FLOAT, "batch", "target", TinyTransformer.VOCABULARY);
        outputs.subList(1, outputs.size())
                .forEach(name -> graph.outputOfIf(
                        name, GraphScript.FLOAT, "rows", TinyTransformer.HEADS, "length", TinyTransformer.WIDTH));
        return graph.write(folder.resolve("decoder_model_merged.onnx"));
    }

    private static String states(GraphScript graph) {
        return graph.input("encoder_hidden_states", GraphScript.FLOAT, "batch", "source", TinyTransformer.DIM);
    }

    private static void logits(GraphScript graph, String logits) {
        graph.output("logits", logits, GraphScript.FLOAT, "batch", "target", TinyTransformer.VOCABULARY);
    }

    private static List<String> cacheNames(String prefix, String side) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < TinyTransformer.LAYERS; layer++) {
            names.add(prefix + layer + "." + side + ".key");
            names.add(prefix + layer + "." + side + ".value");
        }
        return names;
    }

    private static List<TinyTransformer.Cache> past(GraphScript graph, String side) {
        List<String> names = cacheNames("past_key_values.", side);
        names.forEach(name -> graph.input(
                name, GraphScript.FLOAT, "batch", TinyTransformer.HEADS, side + "_length", TinyTransformer.WIDTH));
        List<TinyTransformer.Cache> past = new ArrayList<>();
        for (int i = 0; i < names.size(); i += 2) {
            past.add(new TinyTransformer.Cache(names.get(i), names.get(i + 1)));
        }
        return past;
    }

    private static void present(GraphScript graph, String prefix, String side, List<TinyTransformer.Cache> caches) {
        List<String> names = cacheNames(prefix + "present.", side);
        for (int i = 0; i < caches.size(); i++) {
            Object[] shape = {"rows", TinyTransformer.HEADS, side + "_present", TinyTransformer.WIDTH};
            graph.output(names.get(2 * i), caches.get(i).key(), GraphScript.FLOAT, shape);
            graph.output(names.get(2 * i + 1), caches.get(i).value(), GraphScript.FLOAT, shape);
        }
    }

    /** Words {@code letter}4, {@code letter}5, ... with those ids; below are the special tokens. */
    static Path tokenizer(Path file, String letter) throws IOException {
        StringBuilder words = new StringBuilder("\"<pad>\": 0, \"</s>\": 1, \"<unk>\": 2, \"<s>\": 3");
        for (int id = BEGIN + 1; id < TinyTransformer.VOCABULARY; id++) {
            words.append(", \"").append(letter).append(id).append("\": ").append(id);
        }
        return Files.writeString(file, """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [
                  {"id": 0, "content": "<pad>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 1, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 2, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 3, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": {"type": "TemplateProcessing",
                  "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                  "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                  "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
                 "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "<unk>"}}
                """.formatted(words));
    }
}
