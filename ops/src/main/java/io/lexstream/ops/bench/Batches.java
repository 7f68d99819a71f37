package io.lexstream.ops.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Ways to cut texts into batches, by their lengths in tokens: lists of row numbers. */
final class Batches {
    private Batches() {}

    /** Sorted by length, each batch at most {@code budget} padded tokens. */
    static List<List<Integer>> sorted(int[] lengths, int budget) {
        return cut(byLength(lengths), lengths, budget);
    }

    /** Sorted by length, {@code count} each. */
    static List<List<Integer>> sortedFixed(int[] lengths, int count) {
        List<Integer> rows = byLength(lengths);
        return fixed(rows.size(), count).stream()
                .map(batch -> batch.stream().map(rows::get).toList())
                .toList();
    }

    /** In the order of arrival, each batch at most {@code budget} padded tokens. */
    static List<List<Integer>> fifo(int[] lengths, int budget) {
        return cut(IntStream.range(0, lengths.length).boxed().toList(), lengths, budget);
    }

    /** In the order of arrival, {@code count} each. */
    static List<List<Integer>> fixed(int texts, int count) {
        List<List<Integer>> batches = new ArrayList<>();
        for (int start = 0; start < texts; start += count) {
            batches.add(IntStream.range(start, Math.min(texts, start + count))
                    .boxed()
                    .toList());
        }
        return batches;
    }

    private static List<Integer> byLength(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> lengths[row]))
                .toList();
    }

    private static List<List<Integer>> cut(List<Integer> rows, int[] lengths, int budget) {
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        int longest = 0;
        for (int row : rows) {
            int longer = Math.max(longest, lengths[row]);
            if (!batch.isEmpty() && (batch.size() + 1) * longer > budget) {
                batches.add(batch);
                batch = new ArrayList<>();
                longer = lengths[row];
            }
            batch.add(row);
            longest = longer;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
