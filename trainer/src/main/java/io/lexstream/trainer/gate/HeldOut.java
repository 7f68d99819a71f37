package io.lexstream.trainer.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows that no candidate was trained on.
 *
 * @param trusted rows that somebody vouches for: files of the operator, golden cases; a candidate must not lose here
 * @param fresh held-out rows of the label stream: what the candidate was trained for, but whoever poisons labels
 *     poisons these too
 */
public record HeldOut(List<Row> trusted, List<Row> fresh) {
    public HeldOut {
        trusted = List.copyOf(trusted);
        fresh = List.copyOf(fresh);
    }

    /**
     * A text and its right label.
     *
     * @param language BCP 47 tag; empty if unknown
     * @param source where the text came from; empty if unknown
     */
    public record Row(String text, String label, String language, String source) {
        public Row {
            if (text.isBlank() || label.isBlank()) {
                throw new IllegalArgumentException("a held-out row needs a text and a label");
            }
        }
    }

    /** With more trusted rows, unless their texts are here already; what is trusted is no longer fresh. */
    HeldOut trusting(List<Row> more) {
        Set<String> texts = new HashSet<>();
        List<Row> all = new ArrayList<>();
        Stream.concat(trusted.stream(), more.stream())
                .filter(row -> texts.add(row.text()))
                .forEach(all::add);
        return new HeldOut(
                all, fresh.stream().filter(row -> texts.add(row.text())).toList());
    }

    /** The trusted rows, then the fresh ones. */
    List<Row> all() {
        return Stream.concat(trusted.stream(), fresh.stream()).toList();
    }
}
