package io.lexstream.trainer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of one data file.
 *
 * @param name what tables call it, such as {@code sms-spam/test}
 * @param sha256 digest of the file as it lies on disk, hex
 * @param rows the usable rows, in the file's order
 * @param skipped the others
 */
public record LabeledTexts(String name, String sha256, List<LabeledText> rows, List<SkippedRow> skipped) {
    public LabeledTexts {
        rows = List.copyOf(rows);
        skipped = List.copyOf(skipped);
    }

    /** The folder in the name: files of one source lie in one. */
    String source() {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /** All rows of {@code files}, as one. */
    static LabeledTexts merged(String name, List<LabeledTexts> files) {
        return new LabeledTexts(
                name,
                "",
                files.stream().flatMap(file -> file.rows().stream()).toList(),
                files.stream().flatMap(file -> file.skipped().stream()).toList());
    }

    public List<String> texts() {
        return rows.stream().map(LabeledText::text).toList();
    }

    /** The labels that the rows name, in order of appearance. */
    public Set<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        rows.forEach(row -> labels.add(row.label()));
        return labels;
    }

    /** Without rows whose text is in {@code seen} or came before; adds what stays to {@code seen}. */
    public LabeledTexts withoutRepeats(Set<String> seen) {
        return new LabeledTexts(
                name, sha256, rows.stream().filter(row -> seen.add(row.text())).toList(), skipped);
    }

    /** At most {@code limit} rows; see {@link RowSample}. */
    public LabeledTexts sample(int limit, long seed) {
        List<LabeledText> chosen = RowSample.of(rows, LabeledText::text, limit, seed);
        return chosen.size() == rows.size() ? this : new LabeledTexts(name, sha256, chosen, skipped);
    }
}
