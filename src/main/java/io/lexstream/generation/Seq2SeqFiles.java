package io.lexstream.generation;

import io.lexstream.runtime.GraphRecipe;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of an encoder-decoder model.
 *
 * @param base a pretrained encoder that {@code encoder} goes behind; empty = that is a whole encoder
 * @param decoder reads all tokens, or a past of any length, or is a merged one
 * @param decoderWithPast for all steps but the first, where the model has such a graph
 * @param tokenizer a {@code tokenizer.json}
 * @param targetTokenizer the target's, where it is another
 */
public record Seq2SeqFiles(
        Optional<Base> base,
        Path encoder,
        Path decoder,
        Optional<Path> decoderWithPast,
        Path tokenizer,
        Optional<Path> targetTokenizer) {

    /** @param adapter low-rank changes of the graph */
    public record Base(Path graph, Optional<GraphRecipe.Adapter> adapter) {}

    /** With an encoder of its own. */
    public Seq2SeqFiles(
            Path encoder,
            Path decoder,
            Optional<Path> decoderWithPast,
            Path tokenizer,
            Optional<Path> targetTokenizer) {
        this(Optional.empty(), encoder, decoder, decoderWithPast, tokenizer, targetTokenizer);
    }

    GraphRecipe encoderRecipe(boolean int8) {
        return base.isPresent()
                ? new GraphRecipe(base.get().graph(), base.get().adapter(), Optional.of(encoder), int8)
                : new GraphRecipe(encoder, Optional.empty(), int8);
    }
}
