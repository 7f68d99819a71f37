package io.lexstream.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data file of rows and columns, as spreadsheets write it: RFC 4180 quoting, separated by comma, semicolon or tab,
 * whichever splits the first row into the wanted columns.
 *
 * <p>The content is cut as Latin-1, which keeps every byte, and each cell is decoded by itself: a cell that is not
 * UTF-8 costs its row, not the file. So does a wrong quote: reading goes on in the next line.
 */
final class TableRows {
    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int MAX_WRONG_QUOTES = 1000;
    private static final ObjectReader CELLS = new CsvMapper()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .readerFor(String[].class);

    private final String file;
    private final ReadOptions options;
    private final RowSink<?> sink;
    private int wrongQuotes;

    /** @param file what messages call it */
    TableRows(String file, ReadOptions options, RowSink<?> sink) {
        this.file = file;
        this.options = options;
        this.sink = sink;
    }

    /** @throws DataException if the table has no such columns */
    void read(byte[] content) throws IOException {
        String table = new String(content, StandardCharsets.ISO_8859_1);
        TableColumns columns = columns(table);
        ObjectReader cells = CELLS.with(separatedBy(columns.separator()));
        int start = 0;
        long line = 1;
        while (start < table.length()) { // once; again behind each row whose quotes are wrong
            long behind = readFrom(table.substring(start), line, cells, columns);
            if (behind < 0) {
                return;
            }
            for (; line < behind && start < table.length(); line++) {
                start = endOfLine(table, start);
            }
        }
    }

    /** Reads to the end, which gives -1, or to a row whose quotes are wrong, which gives the line behind its first. */
    private long readFrom(String table, long firstLine, ObjectReader cells, TableColumns columns) throws IOException {
        long line = firstLine;
        try (MappingIterator<String[]> rows = cells.readValues(table)) {
            while (rows.hasNextValue()) {
                String[] row = rows.nextValue();
                if (line > 1 || !options.header()) {
                    readRow(line, row, columns);
                }
                line = firstLine + rows.getCurrentLocation().getLineNr() - 1;
            }
            return -1;
        } catch (JsonProcessingException e) {
            if (++wrongQuotes > MAX_WRONG_QUOTES) {
                throw new DataException(
                        "%s: quotes are wrong in more than %,d rows (the last one seen begins in line %d)"
                                .formatted(file, MAX_WRONG_QUOTES, line),
                        e);
            }
            sink.skip(line, "a quote that is not closed, or stands inside a cell without being doubled");
            return line + 1;
        }
    }

    private void readRow(long line, String[] row, TableColumns columns) {
        if (row.length != columns.count()) {
            sink.skip(line, "%d cells instead of %d".formatted(row.length, columns.count()));
            return;
        }
        List<String> parts = new ArrayList<>();
        for (int column : columns.text()) {
            String part = decode(row[column]);
            if (part == null) {
                sink.skip(line, "not UTF-8");
                return;
            }
            parts.add(part);
        }
        String label = decode(row[columns.label()]);
        if (label == null) {
            sink.skip(line, "not UTF-8");
        } else {
            sink.add(line, parts, label);
        }
    }

    private TableColumns columns(String table) throws IOException {
        List<TableColumns.FirstRow> candidates = new ArrayList<>();
        for (char separator : SEPARATORS) {
            try (MappingIterator<String[]> rows =
                    CELLS.with(separatedBy(separator)).readValues(table)) {
                if (rows.hasNextValue()) {
                    List<String> cells = new ArrayList<>();
                    for (String cell : rows.nextValue()) {
                        String name = decode(cell);
                        cells.add(name == null ? cell : name.strip());
                    }
                    candidates.add(new TableColumns.FirstRow(separator, cells));
                }
            } catch (JsonProcessingException ignored) {
                // Its quotes do not fit this separator: it is another one's.
            }
        }
        return TableColumns.find(file, options, candidates);
    }

    private static CsvSchema separatedBy(char separator) {
        return CsvSchema.emptySchema().withColumnSeparator(separator);
    }

    private static int endOfLine(String table, int start) {
        int end = start;
        while (end < table.length() && table.charAt(end) != '\n' && table.charAt(end) != '\r') {
            end++;
        }
        boolean two = end + 1 < table.length() && table.charAt(end) == '\r' && table.charAt(end + 1) == '\n';
        return Math.min(table.length(), end + (two ? 2 : 1));
    }

    private static @Nullable String decode(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return Utf8.decode(bytes, 0, bytes.length);
    }
}
