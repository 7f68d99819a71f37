package io.lexstream.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Takes the rows of one file as they are read: keeps the good ones, lists the others. */
final class RowSink<R> {
    private static final int ALWAYS_FORGIVEN = 20;
    private static final int FORGIVEN_SHARE = 10;

    private final BiFunction<String, String, R> row;
    private final List<R> rows = new ArrayList<>();
    private final List<SkippedRow> skipped = new ArrayList<>();

    /**
     * @param row makes a row of text and label; throws {@link IllegalArgumentException} if they are no good, with a
     *     message that holds no part of them
     */
    RowSink(BiFunction<String, String, R> row) {
        this.row = row;
    }

    /**
     * A row as the file has it.
     *
     * @param parts what its text columns hold; blank ones are left out
     */
    void add(long line, List<String> parts, String label) {
        String text = parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("\n"));
        try {
            rows.add(row.apply(text, label.strip()));
        } catch (IllegalArgumentException e) {
            skip(line, String.valueOf(e.getMessage()));
        }
    }

    /** @param reason never a part of the row's text */
    void skip(long line, String reason) {
        skipped.add(new SkippedRow(line, reason));
    }

    /**
     * After the last row.
     *
     * @param form what a good file is, for the message
     * @throws DataException if no row is usable, or too many are not
     */
    void refuseIfUnusable(Path file, ReadOptions options, String form) throws DataException {
        String expected = "expected %s with \"%s\" and \"%s\""
                .formatted(form, String.join("\" or \"", options.textColumns()), options.labelColumn());
        int bad = skipped.size();
        int all = rows.size() + bad;
        if (all == 0) {
            throw new DataException(file + " is empty; " + expected);
        }
        int forgiven = options.maxBadRows().orElse(Math.max(ALWAYS_FORGIVEN, all / FORGIVEN_SHARE));
        if (rows.isEmpty() || bad > forgiven) {
            throw new DataException("%s: %d of %d rows cannot be used (first: %s); %s"
                    .formatted(file, bad, all, skipped.get(0), expected));
        }
    }

    List<R> rows() {
        return rows;
    }

    List<SkippedRow> skipped() {
        return skipped;
    }
}
