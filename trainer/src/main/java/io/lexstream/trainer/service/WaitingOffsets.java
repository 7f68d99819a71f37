package io.lexstream.trainer.service;

import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Offsets of labels that were read but still wait for their texts, as the metadata of a committed offset: so that a
 * trainer that takes over knows which labels before that offset are not done.
 */
final class WaitingOffsets {
    /** Most of a partition: Kafka takes 4,096 bytes of metadata. */
    static final int MOST = 400;

    private static final int RADIX = 36;

    private WaitingOffsets() {}

    /** The first offset, then the distances, in base 36. */
    static String format(SortedSet<Long> offsets) {
        StringJoiner text = new StringJoiner(",");
        long before = 0;
        for (long offset : offsets) {
            text.add(Long.toString(offset - before, RADIX));
            before = offset;
        }
        return text.toString();
    }

    /** @throws NumberFormatException if {@link #format} has not written it */
    static SortedSet<Long> parse(String metadata) {
        SortedSet<Long> offsets = new TreeSet<>();
        long offset = 0;
        for (String distance : metadata.isEmpty() ? new String[0] : metadata.split(",", -1)) {
            offset += Long.parseLong(distance, RADIX);
            offsets.add(offset);
        }
        return offsets;
    }
}
