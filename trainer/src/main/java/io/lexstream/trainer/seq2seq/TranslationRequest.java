package io.lexstream.trainer.seq2seq;

import io.lexstream.model.ModelPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A translation model that is wanted.
 *
 * @param task that it will serve
 * @param version unique within the task
 * @param license terms of the weights; empty = not stated
 * @param test files that are only measured on; none of their sources is trained on
 * @param sourceColumn of tables, from 1; the translation is the other one of the first two
 * @param sizes of the model
 * @param caseNoise see {@link CaseNoise}
 * @param packed whether matrices are stored as int8, see {@link io.lexstream.onnx.PackedWeights}
 * @param beams that decoding looks at unless its user wants otherwise
 * @param vocabulary a tokenizer.json of this trainer, to be used instead of a new one
 * @param from a package of the same sizes to go on from, with its vocabulary
 * @param notes Markdown for the model card
 * @param command that asked for it, for the model card
 */
public record TranslationRequest(
        String task,
        String version,
        String license,
        Languages languages,
        List<PairSource> data,
        List<PairSource> dev,
        List<PairSource> test,
        int sourceColumn,
        Sizes sizes,
        double caseNoise,
        boolean packed,
        int beams,
        Optional<Path> vocabulary,
        Optional<ModelPackage> from,
        Optional<Path> notes,
        String command) {
    public TranslationRequest {
        data = List.copyOf(data);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
        if (dev.isEmpty()) {
            throw new IllegalArgumentException("a translation model needs development rows: name a --dev file");
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
