package io.lexstream.trainer.seq2seq;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Tables that the cards of all models that write have, in Markdown. */
final class CardTables {
    private CardTables() {}

    /** @param filesByUse what files were used for, and which, in the order of the table */
    static String files(Map<String, List<PairRows>> filesByUse) {
        StringJoiner table = new StringJoiner("\n");
        table.add("| used for | file | rows | weight | SHA-256 of the file |").add("|---|---|---:|---:|---|");
        filesByUse.forEach((use, files) -> files.forEach(rows -> table.add("| %s | %s | %d | %s | `%s` |"
                .formatted(
                        use,
                        rows.name(),
                        rows.count(),
                        rows.weight(),
                        rows.pairs().sha256()))));
        return table.toString();
    }

    /** @param settings name and value */
    static String settings(Map<String, String> settings) {
        StringJoiner table = new StringJoiner("\n");
        table.add("| setting | value |").add("|---|---|");
        settings.forEach((name, value) -> table.add("| " + name + " | " + value + " |"));
        return table.toString();
    }
}
