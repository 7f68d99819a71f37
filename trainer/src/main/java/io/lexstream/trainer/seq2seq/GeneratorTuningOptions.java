package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.tuning.TuningMethod;
import java.time.Duration;

/**
 * How a model that writes text is fine-tuned.
 *
 * @param method {@link TuningMethod#LORA} or {@link TuningMethod#FULL}
 * @param rank columns of the low-rank matrices
 * @param scale factor of their product, often called alpha / rank
 * @param embeddings whether {@link TuningMethod#FULL} trains the token embeddings, too
 * @param learningRate its peak
 * @param epochs times that each pair is seen, unless that makes too few steps
 * @param leastSteps so many steps are made of few pairs, too
 * @param maxSteps steps after which training is done in any case
 * @param maxTime wall time by which training is done
 * @param batchTokens most padded tokens of source and target in one step
 * @param labelSmoothing share of each target that is spread over the vocabulary (Szegedy et al. 2016)
 * @param looks at the development rows, evenly over the way
 */
public record GeneratorTuningOptions(
        TuningMethod method,
        int rank,
        float scale,
        boolean embeddings,
        double learningRate,
        int epochs,
        int leastSteps,
        int maxSteps,
        Duration maxTime,
        int batchTokens,
        double labelSmoothing,
        int looks,
        long seed) {
    private static final double WARM_UP = 0.1;
    private static final double COOL_DOWN = 0.5;

    public GeneratorTuningOptions {
        if (method != TuningMethod.LORA && method != TuningMethod.FULL) {
            throw new IllegalArgumentException(
                    "a model that writes text is trained with the method lora or full, not " + method.text());
        }
        if (rank < 1 || epochs < 1 || leastSteps < 1 || maxSteps < 1) {
            throw new IllegalArgumentException("rank %d, %d epochs, %d least steps, %d most steps: one is below 1"
                    .formatted(rank, epochs, leastSteps, maxSteps));
        }
    }

    /** Three epochs, and 150 steps of few pairs, too. */
    public static GeneratorTuningOptions of(TuningMethod method) {
        return new GeneratorTuningOptions(
                method,
                8,
                2f,
                false,
                method == TuningMethod.LORA ? 5e-4 : 5e-5,
                3,
                150,
                Integer.MAX_VALUE,
                Duration.ofDays(7),
                1024,
                0.1,
                10,
                1);
    }

    public GeneratorTuningOptions withLearningRate(double peak) {
        return new GeneratorTuningOptions(
                method,
                rank,
                scale,
                embeddings,
                peak,
                epochs,
                leastSteps,
                maxSteps,
                maxTime,
                batchTokens,
                labelSmoothing,
                looks,
                seed);
    }

    /** The same for at most that long, chosen by that seed. */
    public GeneratorTuningOptions within(Duration time, long seed) {
        return new GeneratorTuningOptions(
                method,
                rank,
                scale,
                embeddings,
                learningRate,
                epochs,
                leastSteps,
                maxSteps,
                time,
                batchTokens,
                labelSmoothing,
                looks,
                seed);
    }

    /** @param batches of one epoch */
    Seq2SeqOptions training(int batches) {
        int steps = (int) Math.min(maxSteps, Math.max((long) epochs * batches, leastSteps));
        Seq2SeqOptions usual = Seq2SeqOptions.DEFAULT;
        return new Seq2SeqOptions(
                batchTokens,
                learningRate,
                (int) Math.max(1, WARM_UP * steps),
                COOL_DOWN,
                labelSmoothing,
                usual.weightDecay(),
                usual.clipNorm(),
                looks,
                1,
                maxTime,
                steps,
                seed);
    }

    /** All that a run is told apart by, but for what {@link Seq2SeqOptions#identity} has. */
    String identity() {
        return method + " " + (method == TuningMethod.LORA ? rank + " " + scale : embeddings);
    }
}
