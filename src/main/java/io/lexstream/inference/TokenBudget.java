package io.lexstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts texts into batches: sorted by length, none over the budget of padded tokens, and so that all together cost
 * least.
 *
 * <p>A batch costs its rows times the longest, and something for being a batch. Filling each one to the brim would pad
 * short texts to the length of a long one for nothing.
 */
final class TokenBudget {
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
        List<Integer> rows = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> lengths[row]))
                .toList();
        int[] sorted = rows.stream().mapToInt(row -> lengths[row]).toArray();

        int[] begins = cheapestBegins(sorted);
        List<List<Integer>> batches = new ArrayList<>();
        for (int end = sorted.length; end > 0; end = begins[end]) {
            batches.add(rows.subList(begins[end], end));
        }
        Collections.reverse(batches);
        return batches;
    }

    /** For every {@code end}, where the last batch begins in the cheapest cut of the texts before it. */
    private int[] cheapestBegins(int[] sorted) {
        long[] costs = new long[sorted.length + 1];
        Arrays.fill(costs, 1, costs.length, Long.MAX_VALUE);
        int[] begins = new int[sorted.length + 1];
        for (int end = 1; end <= sorted.length; end++) {
            int longest = Math.max(1, sorted[end - 1]);
            for (int begin = end - 1; begin >= 0; begin--) {
                long paddedTokens = (long) (end - begin) * longest;
                if (paddedTokens > batchTokens && begin < end - 1) {
                    break;
                }
                long cost = costs[begin] + paddedTokens + batchCost;
                if (cost < costs[end]) {
                    costs[end] = cost;
                    begins[end] = begin;
                }
            }
        }
        return begins;
    }
}
