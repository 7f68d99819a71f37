package io.lexstream.trainer.seq2seq;

import io.lexstream.model.ModelPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model that is wanted, trained on texts and what is to be written of them.
 *
 * @param task that it will serve
 * @param version unique within the task
 * @param license terms of the weights; empty = not stated
 * @param test files that are only measured on; none of their sources is trained on
 * @param sizes of the model
 * @param pretrained what reads the sources; empty = an encoder trained from scratch
 * @param packed whether matrices are stored as int8, see {@link io.lexstream.onnx.PackedWeights}
 * @param beams that decoding looks at unless its user wants otherwise
 * @param vocabulary a tokenizer.json of this trainer, to be used instead of a new one
 * @param from a package of the same sizes to go on from, with its vocabulary
 * @param golden {@code FILE[:ROWS]} of texts that the card shows, with what the model writes of them; it must write
 *     that wherever it is opened
 * @param notes Markdown for the model card
 * @param command that asked for it, for the model card
 */
public record ScratchRequest(
        String task,
        String version,
        String license,
        Purpose purpose,
        List<PairSource> data,
        List<PairSource> dev,
        List<PairSource> test,
        Sizes sizes,
        Optional<Pretrained> pretrained,
        boolean packed,
        int beams,
        Optional<Path> vocabulary,
        Optional<ModelPackage> from,
        Optional<String> golden,
        Optional<Path> notes,
        String command) {
    public ScratchRequest {
        data = List.copyOf(data);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
        if (dev.isEmpty()) {
            throw new IllegalArgumentException("a model that writes needs development rows: name a --dev file");
        }
        if (beams < 1) {
            throw new IllegalArgumentException("beams must be >= 1, got " + beams);
        }
    }

    /**
     * Sizes of the model.
     *
     * @param vocabulary tokens
     * @param feedForward 0 = four times the width
     * @param encoderLayers of an encoder of its own
     * @param positions longest source and target, in tokens
     */
    public record Sizes(
            int vocabulary,
            int width,
            int heads,
            int feedForward,
            int encoderLayers,
            int decoderLayers,
            int positions,
            boolean learnedPositions) {
        /** 7.3 million weights: 9.5 MB as stored. */
        public static final Sizes DEFAULT = new Sizes(8000, 256, 4, 0, 4, 2, 256, false);
    }
}
