package io.lexstream.trainer;

import io.lexstream.trainer.metrics.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation of written texts as a table for people: for each file a line of the model and one of each baseline. */
public final class GenerationText {
    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("bleu", "BLEU (95 %)"),
            Map.entry("chrf", "chrF2 (95 %)"),
            Map.entry("rouge1", "ROUGE-1 (95 %)"),
            Map.entry("rouge2", "ROUGE-2 (95 %)"),
            Map.entry("rougeL", "ROUGE-L (95 %)"),
            Map.entry("rougeLsum", "ROUGE-Lsum (95 %)"),
            Map.entry("lengthRatio", "length ratio"),
            Map.entry("copyRate", "copies"),
            Map.entry("sourceOverlap", "words of the source"));

    private GenerationText() {}

    public static String of(GenerationEvaluation.Result result) {
        List<GenerationReport> reports = new ArrayList<>(result.files());
        if (reports.size() > 1) {
            reports.add(result.together());
        }
        TextTable table = new TextTable();
        table.row("data", "rows", "skipped", "written by");
        result.task().metrics().keySet().forEach(metric -> table.cell(HEADERS.getOrDefault(metric, metric)));
        for (GenerationReport report : reports) {
            table.row(report.name(), String.valueOf(report.rows()), String.valueOf(report.skipped()), "model");
            figures(result.task(), report.figures(), table);
            report.baselines().forEach((baseline, figures) -> {
                table.row("", "", "", baseline);
                figures(result.task(), figures, table);
            });
        }
        return table + signatures(result.task());
    }

    private static void figures(GenerationTask task, Map<String, Figure> figures, TextTable table) {
        figures.forEach((metric, figure) -> {
            if (task.quality().containsKey(metric)) {
                table.cell(String.format(
                        Locale.ROOT,
                        "%.1f (%.1f-%.1f)",
                        100 * figure.value(),
                        100 * figure.interval().low(),
                        100 * figure.interval().high()));
            } else if (metric.equals("lengthRatio")) {
                table.cell(String.format(Locale.ROOT, "%.2f", figure.value()));
            } else {
                table.cell(String.format(Locale.ROOT, "%.1f %%", 100 * figure.value()));
            }
        });
    }

    private static String signatures(GenerationTask task) {
        return task.signatures().entrySet().stream()
                .map(signature -> signature.getKey() + " = " + signature.getValue() + "\n")
                .collect(Collectors.joining("", task.signatures().isEmpty() ? "" : "\n", ""));
    }
}
