package io.lexstream.onnx;

/**
 * Sizes of an encoder-decoder Transformer.
 *
 * @param vocabulary tokens of source and target together
 * @param width of a token's state
 * @param heads of attention; they share the width
 * @param feedForward width between the two layers of a feed-forward block
 * @param encoderLayers 0 = none of its own: it reads the states of a pretrained encoder
 * @param positions most tokens of a source, and of a target
 * @param learnedPositions whether positions are trained; else they are sinusoids (Vaswani et al. 2017)
 */
public record Seq2SeqShape(
        int vocabulary,
        int width,
        int heads,
        int feedForward,
        int encoderLayers,
        int decoderLayers,
        int positions,
        boolean learnedPositions) {
    public Seq2SeqShape {
        requirePositive("vocabulary", vocabulary);
        requirePositive("width", width);
        requirePositive("heads", heads);
        requirePositive("feed-forward width", feedForward);
        requirePositive("decoder layers", decoderLayers);
        requirePositive("positions", positions);
        if (encoderLayers < 0) {
            throw new IllegalArgumentException("encoder layers must be >= 0, got " + encoderLayers);
        }
        if (width % heads != 0 || width % 2 != 0) {
            throw new IllegalArgumentException("width " + width + " must be even, and " + heads + " heads share it");
        }
    }

    /** Width of one head. */
    public int headWidth() {
        return width / heads;
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be >= 1, got " + value);
        }
    }
}
