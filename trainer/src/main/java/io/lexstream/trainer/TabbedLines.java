package io.lexstream.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A data file of columns separated by tabs, as parallel texts are kept: no header, and no quoting, so that a sentence
 * may begin with a quotation mark. Columns have numbers from 1; those that nobody asked for are ignored.
 */
final class TabbedLines {
    private final RowSink<?> sink;
    private final List<Integer> text = new ArrayList<>();
    private final int label;
    private final int least;

    /** @throws DataException if {@code options} names a column by something else than a number */
    TabbedLines(Path file, ReadOptions options, RowSink<?> sink) throws DataException {
        this.sink = sink;
        for (String column : options.textColumns()) {
            text.add(index(file, column));
        }
        this.label = index(file, options.labelColumn());
        this.least = 1
                + Math.max(
                        label, text.stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    void read(byte[] content) {
        TextLines.read(content, sink, this::readRow);
    }

    private void readRow(long line, String row) {
        String[] cells = row.split("\t", -1);
        if (cells.length < least) {
            sink.skip(line, "%d columns instead of %d".formatted(cells.length, least));
            return;
        }
        sink.add(line, text.stream().map(column -> cells[column]).toList(), cells[label]);
    }

    private static int index(Path file, String column) throws DataException {
        if (!column.matches("[1-9]\\d{0,3}")) {
            throw new DataException(
                    file + " has columns by number, from 1, but no column \"" + column + "\": it has no header");
        }
        return Integer.parseInt(column) - 1;
    }
}
