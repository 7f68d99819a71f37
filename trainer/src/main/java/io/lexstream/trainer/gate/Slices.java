package io.lexstream.trainer.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parts of the held-out rows that nobody wants to lose unseen: by language, by length, by source. */
final class Slices {
    private static final int SHORT_CHARACTERS = 60;
    private static final int LONG_CHARACTERS = 400;

    private Slices() {}

    /** Row numbers by the slice's name; a row is in several, a slice of all rows is left out. */
    static Map<String, List<Integer>> of(List<HeldOut.Row> rows) {
        Map<String, List<Integer>> slices = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            HeldOut.Row row = rows.get(i);
            if (!row.language().isEmpty()) {
                add(slices, "language " + row.language(), i);
            }
            if (!row.source().isEmpty()) {
                add(slices, "source " + row.source(), i);
            }
            add(slices, length(row.text()), i);
        }
        slices.values().removeIf(slice -> slice.size() == rows.size());
        return slices;
    }

    private static String length(String text) {
        int characters = text.length();
        return characters <= SHORT_CHARACTERS
                ? "texts up to %d characters".formatted(SHORT_CHARACTERS)
                : characters <= LONG_CHARACTERS
                        ? "texts of %d to %d characters".formatted(SHORT_CHARACTERS + 1, LONG_CHARACTERS)
                        : "texts over %d characters".formatted(LONG_CHARACTERS);
    }

    private static void add(Map<String, List<Integer>> slices, String name, int row) {
        slices.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
    }
}
