package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.GenerationEvaluation;
import io.lexstream.trainer.GenerationReport;
import io.lexstream.trainer.metrics.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /** How good written texts are, beside what anybody could have written without a model. */
    static String written(GenerationEvaluation.Result result) {
        List<String> metrics = List.copyOf(result.task().qualityMetrics());
        StringJoiner table = new StringJoiner("\n");
        table.add("| file | rows | written by | " + String.join(" | ", metrics) + " |");
        table.add("|---|---:|---" + "|---:".repeat(metrics.size()) + "|");
        for (GenerationReport file : result.files()) {
            table.add("| %s | %d | this model |%s".formatted(file.name(), file.rows(), cells(metrics, file.figures())));
            file.baselines()
                    .forEach((name, figures) -> table.add("| | | %s |%s".formatted(name, cells(metrics, figures))));
        }
        return table.toString();
    }

    private static String cells(List<String> metrics, Map<String, Figure> figures) {
        StringBuilder cells = new StringBuilder();
        for (String metric : metrics) {
            Figure figure = Objects.requireNonNull(figures.get(metric), metric);
            cells.append(String.format(
                    Locale.ROOT,
                    " %.1f (%.1f-%.1f) |",
                    100 * figure.value(),
                    100 * figure.interval().low(),
                    100 * figure.interval().high()));
        }
        return cells.toString();
    }

    /** @param settings name and value */
    static String settings(Map<String, String> settings) {
        StringJoiner table = new StringJoiner("\n");
        table.add("| setting | value |").add("|---|---|");
        settings.forEach((name, value) -> table.add("| " + name + " | " + value + " |"));
        return table.toString();
    }
}
