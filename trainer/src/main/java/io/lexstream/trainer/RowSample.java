package io.lexstream.trainer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Some of many rows, chosen by a hash of seed and text: the choice does not depend on the order of the rows, and a
 * larger sample of the same seed contains the smaller ones (so their features are computed already).
 */
public final class RowSample {
    private RowSample() {}

    /** At most {@code limit} rows, in the order they had. */
    public static <R> List<R> of(List<R> rows, Function<R, String> text, int limit, long seed) {
        if (limit < 1) {
            throw new IllegalArgumentException("a sample needs at least 1 row, got " + limit);
        }
        if (rows.size() <= limit) {
            return rows;
        }
        record Ranked(int row, byte[] rank) {}
        byte[] salt = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
        List<Ranked> ranked = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            ranked.add(new Ranked(row, Sha256.of(salt, text.apply(rows.get(row)))));
        }
        ranked.sort(Comparator.comparing(Ranked::rank, Arrays::compareUnsigned).thenComparing(Ranked::row));
        return ranked.subList(0, limit).stream()
                .map(Ranked::row)
                .sorted()
                .map(rows::get)
                .toList();
    }
}
