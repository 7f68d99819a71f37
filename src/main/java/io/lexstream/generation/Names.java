package io.lexstream.generation;

/** What Hugging Face's exports, and ours, call the tensors of an encoder-decoder model. */
final class Names {
    static final String IDS = "input_ids";
    static final String SOURCE_MASK = "attention_mask";

    /** The source's mask, as the decoder calls it. */
    static final String CROSS_MASK = "encoder_attention_mask";

    static final String STATES = "last_hidden_state";

    /** The encoder's states, as the decoder calls them. */
    static final String CROSS_STATES = "encoder_hidden_states";

    static final String USE_CACHE = "use_cache_branch";
    static final String LOGITS = "logits";

    /** {@code past_key_values.{layer}.{decoder,encoder}.{key,value}}: [rows, heads, tokens, width]. */
    static final String PAST = "past_key_values.";

    /** {@code present.{layer}.{decoder,encoder}.{key,value}}, the same after a step. */
    static final String PRESENT = "present.";

    private static final String SELF = ".decoder.";
    private static final String CROSS = ".encoder.";

    private Names() {}

    /** Whether keys or values of the generated tokens. */
    static boolean isSelf(String name) {
        return isCache(name) && name.contains(SELF);
    }

    /** Whether keys or values of the source. */
    static boolean isCross(String name) {
        return isCache(name) && name.contains(CROSS);
    }

    /** {@code {layer}.{decoder,encoder}.{key,value}} of a cached tensor's name. */
    static String part(String name) {
        return name.substring((name.startsWith(PAST) ? PAST : PRESENT).length());
    }

    private static boolean isCache(String name) {
        return name.startsWith(PAST) || name.startsWith(PRESENT);
    }
}
