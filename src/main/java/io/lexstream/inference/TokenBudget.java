package io.lexstream.inference;

import io.lexstream.runtime.CheapestCut;
import java.util.List;

/**
 * Cuts texts into batches: sorted by length, none over the budget of padded tokens, and so that all together cost
 * least.
 *
 * <p>A batch costs its rows times the longest, and something for being a batch. Filling each one to the brim would pad
 * short texts to the length of a long one for nothing.
 */
final class TokenBudget implements CheapestCut.Price {
    /** A batch costs as much as this part of a full one before it has any text. See docs/measurements.md. */
    private static final int BATCH_COST_PART = 32;

    private final int batchTokens;
    private final int batchCost;

    /** @param batchTokens most padded tokens in a batch; a longer text is a batch of its own */
    TokenBudget(int batchTokens) {
        this.batchTokens = batchTokens;
        this.batchCost = Math.max(1, batchTokens / BATCH_COST_PART);
    }

    /** The rows of each batch, the shortest texts first. */
    List<List<Integer>> cut(int[] lengths) {
        return CheapestCut.of(lengths, this);
    }

    @Override
    public boolean fits(int rows, int longest) {
        return (long) rows * longest <= batchTokens;
    }

    @Override
    public long cost(int rows, int longest) {
        return (long) rows * longest + batchCost;
    }
}
