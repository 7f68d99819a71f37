package io.lexstream.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts what has lengths into batches: sorted by length, none that does not fit, and so that all together cost least.
 */
public final class CheapestCut {
    /** What batches may be, and what they cost; both grow with the rows and with the longest. */
    public interface Price {
        /** Whether so many rows of at most that length may be one batch; a single row always is. */
        boolean fits(int rows, int longest);

        long cost(int rows, int longest);
    }

    private CheapestCut() {}

    /** The rows of each batch, the shortest first. */
    public static List<List<Integer>> of(int[] lengths, Price price) {
        List<Integer> rows = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> lengths[row]))
                .toList();
        int[] begins =
                begins(rows.stream().mapToInt(row -> Math.max(1, lengths[row])).toArray(), price);
        List<List<Integer>> batches = new ArrayList<>();
        for (int end = rows.size(); end > 0; end = begins[end]) {
            batches.add(rows.subList(begins[end], end));
        }
        Collections.reverse(batches);
        return batches;
    }

    /** For every {@code end}, where the last batch begins in the cheapest cut of the rows before it. */
    private static int[] begins(int[] sorted, Price price) {
        long[] costs = new long[sorted.length + 1];
        Arrays.fill(costs, 1, costs.length, Long.MAX_VALUE);
        int[] begins = new int[sorted.length + 1];
        for (int end = 1; end <= sorted.length; end++) {
            int longest = sorted[end - 1];
            for (int begin = end - 1; begin >= 0; begin--) {
                if (begin < end - 1 && !price.fits(end - begin, longest)) {
                    break;
                }
                long cost = costs[begin] + price.cost(end - begin, longest);
                if (cost < costs[end]) {
                    costs[end] = cost;
                    begins[end] = begin;
                }
            }
        }
        return begins;
    }
}
