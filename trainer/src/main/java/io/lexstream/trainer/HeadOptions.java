package io.lexstream.trainer;

import io.lexstream.inference.Pooling;
import java.util.List;

/**
 * How a head is trained.
 *
 * @param pooling how token states become features; tasks share the encoder's pass only if this and the token limit
 *     agree
 * @param weights how much each row counts
 */
public record HeadOptions(Pooling pooling, TrainingWeights weights, FitOptions fit) {
    /** What the starter packages were found to do best with. */
    public static final HeadOptions DEFAULT = new HeadOptions(
            Pooling.CLS_MEAN,
            new TrainingWeights(0.5, 0),
            new FitOptions(256, List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2), 400, 0.1, 1));

    /** Tokens that are read of a text. */
    public int maxTokens() {
        return fit.maxTokens();
    }

    /** Chooses the samples. */
    public long seed() {
        return fit.seed();
    }

    /** The same with another seed. */
    public HeadOptions withSeed(long other) {
        return new HeadOptions(pooling, weights, fit.withSeed(other));
    }
}
