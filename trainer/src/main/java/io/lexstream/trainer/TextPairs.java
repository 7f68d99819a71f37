package io.lexstream.trainer;

import java.util.List;

/**
 * The pairs of one data file.
 *
 * @param name what tables call it, such as {@code tatoeba-en-fr/test}
 * @param sha256 digest of the file as it lies on disk, hex
 * @param rows the usable rows, in the file's order
 * @param skipped the others
 */
public record TextPairs(String name, String sha256, List<TextPair> rows, List<SkippedRow> skipped) {
    public TextPairs {
        rows = List.copyOf(rows);
        skipped = List.copyOf(skipped);
    }

    public List<String> sources() {
        return rows.stream().map(TextPair::source).toList();
    }

    public List<String> targets() {
        return rows.stream().map(TextPair::target).toList();
    }

    /** At most {@code limit} rows; see {@link RowSample}. */
    public TextPairs sample(int limit, long seed) {
        return new TextPairs(name, sha256, RowSample.of(rows, TextPair::source, limit, seed), skipped);
    }
}
