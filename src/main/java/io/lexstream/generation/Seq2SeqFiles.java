package io.lexstream.generation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of an encoder-decoder model.
 *
 * @param decoder reads all tokens, or a past of any length, or is a merged one
 * @param decoderWithPast for all steps but the first, where the model has such a graph
 * @param tokenizer a {@code tokenizer.json}
 * @param targetTokenizer the target's, where it is another
 */
public record Seq2SeqFiles(
        Path encoder, Path decoder, Optional<Path> decoderWithPast, Path tokenizer, Optional<Path> targetTokenizer) {}
