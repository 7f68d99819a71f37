package io.lexstream.trainer.tuning;

import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraAdapter;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How an encoder is fine-tuned.
 *
 * @param rank columns of the low-rank matrices
 * @param scale factor of their product, often called alpha / rank
 * @param targets layers that get low-rank matrices
 * @param lastLayers Transformer blocks that {@link TuningMethod#LAST_LAYERS} trains
 * @param embeddings whether {@link TuningMethod#FULL} trains the word embeddings too
 * @param epochs most times that each row is seen, unless that makes too few steps
 * @param leastSteps so many steps are made of few rows, too
 * @param batchTexts rows of one step
 * @param batchTokens most padded tokens that are computed at once; gradients of a step's parts add up
 * @param warmUp share of all steps in which the learning rate rises; then it falls, in a straight line, to zero
 * @param clipNorm largest norm of all gradients together (Pascanu et al. 2013)
 * @param dropout share of the features that training leaves out before the heads (Srivastava et al. 2014)
 * @param labelSmoothing share of each target that is spread over all labels (Szegedy et al. 2016)
 * @param devEvery rows between two looks at the development rows; of few rows there are six looks
 * @param patience looks without a better score after which training ends
 * @param budget wall time by which the learning rate has fallen to zero, however many rows were seen
 */
public record TuningOptions(
        TuningMethod method,
        int rank,
        float scale,
        Set<LinearLayer.Kind> targets,
        int lastLayers,
        boolean embeddings,
        int epochs,
        int leastSteps,
        int batchTexts,
        int batchTokens,
        double learningRate,
        double weightDecay,
        double warmUp,
        double clipNorm,
        float dropout,
        double labelSmoothing,
        int devEvery,
        int patience,
        Duration budget,
        long seed) {
    /** What was measured to do well on bge-small-en-v1.5; see docs/measurements.md. */
    public static final TuningOptions DEFAULT = new TuningOptions(
            TuningMethod.LORA,
            8,
            2f,
            Set.of(LinearLayer.Kind.values()),
            2,
            false,
            3,
            150,
            32,
            2048,
            5e-4,
            0.01,
            0.06,
            1.0,
            0.1f,
            0.0,
            5000,
            5,
            Duration.ofDays(7),
            1);

    public TuningOptions {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no layers to train");
        }
        // In the enum's order: the options' text names a run, and must be the same in every process.
        targets = Collections.unmodifiableSet(EnumSet.copyOf(targets));
        requirePositive("rank", rank);
        requirePositive("last layers", lastLayers);
        requireNotNegative("epochs", epochs);
        requireNotNegative("least steps", leastSteps);
        requirePositive("texts of a batch", batchTexts);
        requirePositive("tokens of a batch", batchTokens);
        requirePositive("rows between two looks at the development rows", devEvery);
        requirePositive("patience", patience);
        requireShare("warm-up", warmUp);
        requireShare("dropout", dropout);
        requireShare("label smoothing", labelSmoothing);
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("the learning rate must be above 0, got " + learningRate);
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("the time budget must be above 0, got " + budget);
        }
    }

    /** The same with matrices of the shape of {@code adapter}, to go on from it. */
    public TuningOptions inShapeOf(LoraAdapter adapter) {
        return new TuningOptions(
                method,
                adapter.rank(),
                adapter.scale(),
                targets,
                lastLayers,
                embeddings,
                epochs,
                leastSteps,
                batchTexts,
                batchTokens,
                learningRate,
                weightDecay,
                warmUp,
                clipNorm,
                dropout,
                labelSmoothing,
                devEvery,
                patience,
                budget,
                seed);
    }

    /** How often each of {@code rows} rows is seen at most. */
    public int epochsFor(int rows) {
        return Math.max(epochs, (int) Math.ceil(leastSteps * (double) batchTexts / Math.max(1, rows)));
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be >= 1, got " + value);
        }
    }

    private static void requireNotNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must be >= 0, got " + value);
        }
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1), got " + value);
        }
    }
}
