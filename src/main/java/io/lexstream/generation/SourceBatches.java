package io.lexstream.generation;

import io.lexstream.runtime.CheapestCut;
import java.util.List;

/**
 * Cuts sources into batches: sorted by length, none over the budget, and so that all together cost least.
 *
 * <p>The encoder reads padding as if it were text; the decoder does not, as rows leave when they end, but each of its
 * steps costs something whatever the rows. Both grow with the longest source, so a batch of equal rows should be large,
 * and a short source should not wait for long ones.
 */
final class SourceBatches implements CheapestCut.Price {
    /** A step costs as much as so many rows before it has any. See docs/measurements.md. */
    private static final int STEP_COST_ROWS = 8;

    private final Decoding decoding;

    SourceBatches(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Rows of each batch, the shortest sources first; none over the budget, unless a row is so alone. */
    List<List<Integer>> cut(List<long[]> sources) {
        return CheapestCut.of(sources.stream().mapToInt(source -> source.length).toArray(), this);
    }

    @Override
    public boolean fits(int rows, int longest) {
        return (long) rows * decoding.beams() * (longest + decoding.expectedTokens(longest)) <= decoding.batchTokens();
    }

    @Override
    public long cost(int rows, int longest) {
        return (long) (rows + STEP_COST_ROWS) * longest;
    }
}
