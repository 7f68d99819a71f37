package io.lexstream.trainer.summary;

import java.util.List;

/**
 * How a ranker is trained.
 *
 * @param maxTokens tokens that are read of a sentence
 * @param penalties L2 strengths to try; the one with the least loss on the development texts wins
 * @param maxSteps most optimiser steps of one fit
 * @param heldOut share of a training file that becomes development texts if no development file lies in its folder
 * @param seed chooses the samples
 */
public record SummaryOptions(int maxTokens, List<Double> penalties, int maxSteps, double heldOut, long seed) {
    /** What the starter package was found to do best with. */
    public static final SummaryOptions DEFAULT = new SummaryOptions(128, List.of(1e-4, 1e-3, 1e-2), 200, 0.1, 1);

    public SummaryOptions {
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
        if (!(heldOut > 0 && heldOut < 1)) {
            throw new IllegalArgumentException("the held-out share must be in (0, 1), got " + heldOut);
        }
    }

    /** The same with another seed. */
    public SummaryOptions withSeed(long other) {
        return new SummaryOptions(maxTokens, penalties, maxSteps, heldOut, other);
    }
}
