package io.lexstream.trainer.seq2seq;

import java.time.Duration;

/**
 * How an encoder-decoder model is trained.
 *
 * @param batchTokens most padded tokens of source and target in one step
 * @param learningRate its peak
 * @param warmUp steps on which it rises
 * @param coolDown share of the way on which it falls to zero
 * @param labelSmoothing share of each target that is spread over the vocabulary (Szegedy et al. 2016)
 * @param weightDecay of AdamW
 * @param clipNorm largest norm of all gradients together
 * @param looks at the development rows, evenly over the way
 * @param average weights of so many last looks make one of the candidates that the development rows choose from
 * @param maxTime wall time by which training is done
 * @param maxSteps steps after which it is done; where this is what ends it, a run is repeatable to the last bit
 */
public record Seq2SeqOptions(
        int batchTokens,
        double learningRate,
        int warmUp,
        double coolDown,
        double labelSmoothing,
        double weightDecay,
        double clipNorm,
        int looks,
        int average,
        Duration maxTime,
        int maxSteps,
        long seed) {
    /** What was measured to do well at a width of 256; see docs/measurements.md. */
    public static final Seq2SeqOptions DEFAULT = new Seq2SeqOptions(
            4096, 1.5e-3, 800, 0.35, 0.1, 0.01, 1.0, 30, 4, Duration.ofMinutes(30), Integer.MAX_VALUE, 1);

    public Seq2SeqOptions {
        if (batchTokens < 8 || warmUp < 1 || looks < 1 || average < 1 || maxSteps < 1) {
            throw new IllegalArgumentException(
                    "%d batch tokens, %d steps of warm-up, %d looks, %d averaged, %d steps: too few of one"
                            .formatted(batchTokens, warmUp, looks, average, maxSteps));
        }
        if (!(learningRate > 0) || !(clipNorm >= 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException("learning rate %s, clip norm %s, weight decay %s: one is out of range"
                    .formatted(learningRate, clipNorm, weightDecay));
        }
        if (!(coolDown >= 0 && coolDown <= 1) || !(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException(
                    "cool-down and label smoothing are shares, got " + coolDown + " and " + labelSmoothing);
        }
        if (maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("the time must be above 0, got " + maxTime);
        }
    }

    /** All that a run is told apart by. How long it may take is not: a longer one goes on from a shorter one. */
    String identity() {
        return "%d %s %d %s %s %s %d"
                .formatted(batchTokens, learningRate, warmUp, labelSmoothing, weightDecay, clipNorm, seed);
    }
}
