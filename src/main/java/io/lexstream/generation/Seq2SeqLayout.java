package io.lexstream.generation;

import io.lexstream.model.ModelRejectedException;
import java.util.Set;

/** How an encoder-decoder model is cut into graphs; see docs/generation.md. */
enum Seq2SeqLayout {
    /** Ours: the encoder gives the cross keys and values, the decoder takes a past of any length. */
    CROSS_CACHE,
    /** The decoder reads all tokens again in each step. */
    PLAIN,
    /** One decoder for the first step, one with a past for all others. */
    WITH_PAST,
    /** Both in one graph: {@code use_cache_branch} says which. */
    MERGED;

    /**
     * The layout that the graphs' own names tell.
     *
     * @param withPast whether there is a second decoder, for all steps but the first
     * @throws ModelRejectedException if it is none of them
     */
    static Seq2SeqLayout of(
            Set<String> encoderOutputs, Set<String> decoderInputs, Set<String> decoderOutputs, boolean withPast)
            throws ModelRejectedException {
        if (encoderOutputs.stream().anyMatch(Names::isCross)) {
            return CROSS_CACHE;
        }
        if (decoderInputs.contains(Names.USE_CACHE)) {
            return MERGED;
        }
        if (decoderInputs.stream().anyMatch(Names::isSelf)) {
            throw new ModelRejectedException("the decoder wants a past and nothing makes the first one: it is a"
                    + " decoder_with_past, and the decoder is missing");
        }
        if (!withPast) {
            return PLAIN;
        }
        if (decoderOutputs.stream().noneMatch(Names::isSelf)
                || decoderOutputs.stream().noneMatch(Names::isCross)) {
            throw new ModelRejectedException(
                    "the decoder gives no present.* of both kinds, which decoder_with_past wants; it gives "
                            + decoderOutputs);
        }
        return WITH_PAST;
    }
}
