package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the rows of one file as they are read: keeps the good ones, lists the others. */
final class RowSink {
    private final List<LabeledText> rows = new ArrayList<>();
    private final List<SkippedRow> skipped = new ArrayList<>();

    /**
     * A row as the file has it.
     *
     * @param parts what its text columns hold; blank ones are left out
     */
    void add(long line, List<String> parts, String label) {
        String text = parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("\n"));
        try {
            rows.add(new LabeledText(text, label.strip()));
        } catch (IllegalArgumentException e) {
            skip(line, String.valueOf(e.getMessage()));
        }
    }

    /** @param reason never a part of the row's text */
    void skip(long line, String reason) {
        skipped.add(new SkippedRow(line, reason));
    }

    List<LabeledText> rows() {
        return rows;
    }

    List<SkippedRow> skipped() {
        return skipped;
    }
}
