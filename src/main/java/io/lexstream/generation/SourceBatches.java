package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts sources into batches: sorted by length, none over the budget, and so that all together cost least.
 *
 * <p>The encoder reads padding as if it were text; the decoder does not, as rows leave when they end, but each of its
 * steps costs something whatever the rows. Both grow with the longest source, so a batch of equal rows should be large,
 * and a short source should not wait for long ones.
 */
final class SourceBatches {
    /** A step costs as much as so many rows before it has any. See docs/measurements.md. */
    private static final int STEP_COST_ROWS = 8;

    private final Decoding decoding;

    SourceBatches(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Rows of each batch, the shortest sources first; none over the budget, unless a row is so alone. */
    List<List<Integer>> cut(List<long[]> sources) {
        List<Integer> rows = IntStream.range(0, sources.size())
                .boxed()
                .sorted(Comparator.comparingInt(row -> sources.get(row).length))
                .toList();
        int[] begins = cheapestBegins(
                rows.stream().mapToInt(row -> sources.get(row).length).toArray());
        List<List<Integer>> batches = new ArrayList<>();
        for (int end = rows.size(); end > 0; end = begins[end]) {
            batches.add(rows.subList(begins[end], end));
        }
        Collections.reverse(batches);
        return batches;
    }

    /** For every {@code end}, where the last batch begins in the cheapest cut of the sources before it. */
    private int[] cheapestBegins(int[] sorted) {
        long[] costs = new long[sorted.length + 1];
        Arrays.fill(costs, 1, costs.length, Long.MAX_VALUE);
        int[] begins = new int[sorted.length + 1];
        for (int end = 1; end <= sorted.length; end++) {
            int longest = sorted[end - 1];
            for (int begin = end - 1; begin >= 0; begin--) {
                if (begin < end - 1 && tokens(end - begin, longest) > decoding.batchTokens()) {
                    break;
                }
                long cost = costs[begin] + (long) (end - begin + STEP_COST_ROWS) * longest;
                if (cost < costs[end]) {
                    costs[end] = cost;
                    begins[end] = begin;
                }
            }
        }
        return begins;
    }

    private long tokens(int rows, int longest) {
        return (long) rows * decoding.beams() * (longest + decoding.expectedTokens(longest));
    }
}
