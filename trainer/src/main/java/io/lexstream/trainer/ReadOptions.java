package io.lexstream.trainer;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where text and label stand in a data file, and how much of it may be bad.
 *
 * @param textColumns column names or numbers from 1 of a table, keys of JSON lines; what several hold is joined by line
 *     ends
 * @param labelColumn a column name or number from 1, or a key
 * @param header whether a table's first row names its columns; without, they have numbers only
 * @param maxBadRows bad rows that are forgiven; empty = twenty, or a tenth of the file if that is more
 */
public record ReadOptions(List<String> textColumns, String labelColumn, boolean header, OptionalInt maxBadRows) {
    /** {@code text} and {@code label}. */
    public static final ReadOptions DEFAULT = new ReadOptions(List.of("text"), "label", true, OptionalInt.empty());

    public ReadOptions {
        textColumns = List.copyOf(textColumns);
        if (textColumns.isEmpty() || textColumns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("no text column named, got " + textColumns);
        }
        if (labelColumn.isBlank()) {
            throw new IllegalArgumentException("no label column named");
        }
        if (maxBadRows.isPresent() && maxBadRows.getAsInt() < 0) {
            throw new IllegalArgumentException("bad rows forgiven must be >= 0, got " + maxBadRows.getAsInt());
        }
    }
}
