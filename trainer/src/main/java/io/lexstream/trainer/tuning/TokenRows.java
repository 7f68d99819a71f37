package io.lexstream.trainer.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Rows of one task that are computed together, padded to the longest.
 *
 * @param rows not empty
 */
record TokenRows(List<TokenRow> rows) {
    /**
     * Batches whose rows are sorted among each other: short ones with short ones, and still a different mix an epoch.
     */
    private static final int SORTED_BATCHES = 64;

    /**
     * The steps of one epoch, in a seeded order: each a batch of at most {@code batchTexts} rows, in parts of at most
     * {@code batchTokens} padded tokens.
     */
    static List<List<TokenRows>> epoch(List<TokenRow> rows, int batchTexts, int batchTokens, long seed) {
        Random random = new Random(seed);
        List<TokenRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        TreeMap<Integer, List<TokenRow>> byTask = new TreeMap<>();
        shuffled.forEach(row ->
                byTask.computeIfAbsent(row.task(), task -> new ArrayList<>()).add(row));
        List<List<TokenRows>> steps = new ArrayList<>();
        for (List<TokenRow> ofTask : byTask.values()) {
            int window = batchTexts * SORTED_BATCHES;
            for (int start = 0; start < ofTask.size(); start += window) {
                List<TokenRow> sorted = byLength(ofTask.subList(start, Math.min(ofTask.size(), start + window)));
                for (int from = 0; from < sorted.size(); from += batchTexts) {
                    steps.add(cut(sorted.subList(from, Math.min(sorted.size(), from + batchTexts)), batchTokens));
                }
            }
        }
        Collections.shuffle(steps, random);
        return steps;
    }

    /** All rows, sorted, in parts of at most {@code batchTokens} padded tokens. */
    static List<TokenRows> inOrder(List<TokenRow> rows, int batchTokens) {
        TreeMap<Integer, List<TokenRow>> byTask = new TreeMap<>();
        rows.forEach(row ->
                byTask.computeIfAbsent(row.task(), task -> new ArrayList<>()).add(row));
        return byTask.values().stream()
                .flatMap(ofTask -> cut(byLength(ofTask), batchTokens).stream())
                .toList();
    }

    private static List<TokenRow> byLength(List<TokenRow> rows) {
        List<TokenRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(row -> row.ids().length));
        return sorted;
    }

    private static List<TokenRows> cut(List<TokenRow> sorted, int batchTokens) {
        List<TokenRows> parts = new ArrayList<>();
        List<TokenRow> part = new ArrayList<>();
        for (TokenRow row : sorted) {
            if (!part.isEmpty() && (part.size() + 1) * row.ids().length > batchTokens) {
                parts.add(new TokenRows(List.copyOf(part)));
                part.clear();
            }
            part.add(row);
        }
        parts.add(new TokenRows(List.copyOf(part)));
        return parts;
    }

    int task() {
        return rows.get(0).task();
    }

    int size() {
        return rows.size();
    }

    int longest() {
        return rows.stream().mapToInt(row -> row.ids().length).max().orElse(0);
    }

    double weight() {
        return rows.stream().mapToDouble(TokenRow::weight).sum();
    }

    /** Token ids [rows, longest], padded with 0. */
    long[] ids() {
        int longest = longest();
        long[] ids = new long[size() * longest];
        for (int row = 0; row < size(); row++) {
            long[] tokens = rows.get(row).ids();
            System.arraycopy(tokens, 0, ids, row * longest, tokens.length);
        }
        return ids;
    }

    /** 1 where there is a token, [rows, longest]. */
    long[] mask() {
        int longest = longest();
        long[] mask = new long[size() * longest];
        for (int row = 0; row < size(); row++) {
            Arrays.fill(mask, row * longest, row * longest + rows.get(row).ids().length, 1);
        }
        return mask;
    }
}
