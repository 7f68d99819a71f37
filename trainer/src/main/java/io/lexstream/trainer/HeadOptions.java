package io.lexstream.trainer;

import io.lexstream.inference.Pooling;
import java.util.List;

/**
 * How a head is trained.
 *
 * @param pooling how token states become features; tasks share the encoder's pass only if this and the token limit
 *     agree
 * @param maxTokens tokens that are read of a text
 * @param penalties L2 strengths to try; the best on the development rows wins
 * @param weights how much each row counts
 * @param maxSteps most optimiser steps of one fit
 * @param heldOut share of a training file that joins the development rows if its source names none of its own
 * @param seed chooses the samples
 */
public record HeadOptions(
        Pooling pooling,
        int maxTokens,
        List<Double> penalties,
        TrainingWeights weights,
        int maxSteps,
        double heldOut,
        long seed) {
    /** What the starter packages were found to do best with. */
    public static final HeadOptions DEFAULT = new HeadOptions(
            Pooling.CLS_MEAN, 256, List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2), new TrainingWeights(0.5, 0), 400, 0.1, 1);

    public HeadOptions {
        penalties = List.copyOf(penalties);
        if (penalties.isEmpty() || penalties.stream().anyMatch(l2 -> !(l2 >= 0))) {
            throw new IllegalArgumentException("L2 penalties must be 0 or more, got " + penalties);
        }
        if (maxTokens < 8) {
            throw new IllegalArgumentException("max tokens must be >= 8, got " + maxTokens);
        }
        if (maxSteps < 1) {
            throw new IllegalArgumentException("steps must be >= 1, got " + maxSteps);
        }
        if (!(heldOut >= 0 && heldOut < 1)) {
            throw new IllegalArgumentException("the held-out share must be in [0, 1), got " + heldOut);
        }
    }
}
