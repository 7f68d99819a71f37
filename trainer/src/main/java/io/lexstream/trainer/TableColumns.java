package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a table keeps what is wanted of it.
 *
 * @param count cells of a row
 * @param text indexes of the text columns, in the wanted order
 * @param label index of the label column
 */
record TableColumns(char separator, int count, List<Integer> text, int label) {
    private static final int LONGEST_LIST = 300;

    TableColumns {
        text = List.copyOf(text);
    }

    /** A table's first row, as one separator cuts it. */
    record FirstRow(char separator, List<String> cells) {
        FirstRow {
            cells = List.copyOf(cells);
        }

        /** A name as it stands, then a name in other capitals, then a number from 1. */
        Optional<Integer> find(String column, boolean header) {
            if (header) {
                if (cells.contains(column)) {
                    return Optional.of(cells.indexOf(column));
                }
                for (int i = 0; i < cells.size(); i++) {
                    if (cells.get(i).equalsIgnoreCase(column.strip())) {
                        return Optional.of(i);
                    }
                }
            }
            return column.matches("\\d{1,5}")
                    ? Optional.of(Integer.parseInt(column) - 1).filter(i -> i >= 0 && i < cells.size())
                    : Optional.empty();
        }
    }

    /**
     * The columns by the separator that finds them, or most cells if several do.
     *
     * @throws DataException if none does; it lists what the header has
     */
    static TableColumns find(String file, ReadOptions options, List<FirstRow> candidates) throws DataException {
        List<FirstRow> widestFirst = candidates.stream()
                .sorted(Comparator.comparing((FirstRow row) -> row.cells().size())
                        .reversed())
                .toList();
        if (widestFirst.isEmpty()) {
            throw new DataException(file + " is empty; expected a table with a header");
        }
        for (FirstRow row : widestFirst) {
            Optional<TableColumns> found = in(row, options);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw missing(file, options, widestFirst.get(0));
    }

    private static Optional<TableColumns> in(FirstRow row, ReadOptions options) {
        List<Integer> text = new ArrayList<>();
        for (String column : options.textColumns()) {
            Optional<Integer> index = row.find(column, options.header());
            if (index.isEmpty()) {
                return Optional.empty();
            }
            text.add(index.get());
        }
        return row.find(options.labelColumn(), options.header())
                .map(label -> new TableColumns(row.separator(), row.cells().size(), text, label));
    }

    private static DataException missing(String file, ReadOptions options, FirstRow row) {
        List<String> missing = new ArrayList<>(options.textColumns());
        missing.add(options.labelColumn());
        missing.removeIf(column -> row.find(column, options.header()).isPresent());
        String what = "%s has no column %s; ".formatted(file, String.join(", ", missing));
        if (!options.header()) {
            return new DataException(what + "without a header its columns are 1 to "
                    + row.cells().size());
        }
        String names = String.join(", ", row.cells());
        return new DataException(what + "its first row names: "
                + (names.length() > LONGEST_LIST ? names.substring(0, LONGEST_LIST) + " ..." : names));
    }
}
