package io.lexstream.trainer;

import java.util.List;

/**
 * How something linear is fitted to the features of a frozen encoder.
 *
 * @param maxTokens tokens that are read of a text, or of a sentence if it is sentences that are weighed
 * @param penalties L2 strengths to try; the best on the development rows wins
 * @param maxSteps most optimiser steps of one fit
 * @param heldOut share of a training file that joins the development rows if its source names none of its own
 * @param seed chooses the samples
 */
public record FitOptions(int maxTokens, List<Double> penalties, int maxSteps, double heldOut, long seed) {
    public FitOptions {
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

    /** The same with another seed. */
    public FitOptions withSeed(long other) {
        return new FitOptions(maxTokens, penalties, maxSteps, heldOut, other);
    }
}
