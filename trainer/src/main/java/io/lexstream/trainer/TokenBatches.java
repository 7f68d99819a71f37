package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts texts into batches of about the same padded size: on a CPU padding costs more than batching gains. */
final class TokenBatches {
    private TokenBatches() {}

    /**
     * Every row once, longest first, cut so that rows times the longest stays within the budget.
     *
     * @param lengths tokens of each row
     * @param batchTokens most padded tokens in a batch; a longer row is a batch of its own
     */
    static List<List<Integer>> cut(int[] lengths, int batchTokens) {
        List<Integer> sorted = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> lengths[row]).reversed())
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        int start = 0;
        while (start < sorted.size()) {
            int rows = Math.max(1, batchTokens / Math.max(1, lengths[sorted.get(start)]));
            int end = Math.min(sorted.size(), start + rows);
            batches.add(sorted.subList(start, end));
            start = end;
        }
        return batches;
    }
}
