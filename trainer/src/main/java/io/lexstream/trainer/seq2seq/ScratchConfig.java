package io.lexstream.trainer.seq2seq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.trainer.vocabulary.Vocabulary;

/** What a model says of itself, with Hugging Face's keys. */
record ScratchConfig(Seq2SeqShape shape, Purpose purpose, int beams) {
    private static final int NO_REPETITION = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code config.json}: sizes, token ids, and of a translator a section of our own on languages. */
    byte[] model() {
        ObjectNode root = tokens();
        root.put("model_type", "lexstream").put("is_encoder_decoder", true);
        root.put("vocab_size", shape.vocabulary()).put("d_model", shape.width());
        root.put("encoder_layers", shape.encoderLayers()).put("decoder_layers", shape.decoderLayers());
        root.put("encoder_attention_heads", shape.heads()).put("decoder_attention_heads", shape.heads());
        root.put("encoder_ffn_dim", shape.feedForward()).put("decoder_ffn_dim", shape.feedForward());
        root.put("max_position_embeddings", shape.positions()).put("activation_function", "relu");
        root.put("static_position_embeddings", !shape.learnedPositions());
        root.put("normalize_before", true).put("scale_embedding", true).put("tie_word_embeddings", true);
        if (purpose instanceof Purpose.Translation translation) {
            ObjectNode own = root.putObject("lexstream");
            translation.languages().sources().forEach(own.putArray("source_languages")::add);
            own.put("target_language", translation.languages().target()).put("masks", true);
        }
        return bytes(root);
    }

    /** {@code generation_config.json}: how texts are decoded unless somebody wants otherwise. */
    byte[] generation() {
        ObjectNode root = tokens();
        root.put("max_length", shape.positions()).put("num_beams", beams);
        root.put("length_penalty", 1.0).put("early_stopping", true).put("do_sample", false);
        if (purpose instanceof Purpose.Summary) {
            root.put("no_repeat_ngram_size", NO_REPETITION);
        }
        var never = root.putArray("bad_words_ids");
        for (int id : new int[] {Vocabulary.PAD, Vocabulary.START, Vocabulary.UNKNOWN}) {
            never.addArray().add(id);
        }
        return bytes(root);
    }

    private static ObjectNode tokens() {
        return JSON.createObjectNode()
                .put("pad_token_id", Vocabulary.PAD)
                .put("bos_token_id", Vocabulary.START)
                .put("eos_token_id", Vocabulary.END)
                .put("decoder_start_token_id", Vocabulary.START);
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }
}
