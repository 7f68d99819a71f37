package io.lexstream.trainer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of a data file that could not be used.
 *
 * @param line its line number, from 1
 * @param reason why; never a part of the row's text
 */
public record SkippedRow(long line, String reason) {
    private static final int MOST_TOLD = 5;

    /** Says which rows of a file were skipped; nothing if none were. */
    public static void tell(String file, List<SkippedRow> skipped, Progress progress) {
        if (skipped.isEmpty()) {
            return;
        }
        String some =
                skipped.stream().limit(MOST_TOLD).map(SkippedRow::toString).collect(Collectors.joining("; "));
        progress.say("%s: skipped %d rows: %s%s"
                .formatted(file, skipped.size(), some, skipped.size() > MOST_TOLD ? "; ..." : ""));
    }

    @Override
    public String toString() {
        return "line " + line + ": " + reason;
    }
}
