package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An evaluation as a table for people: a line a file, then precision, recall and confusion of all together. */
public final class EvaluationText {
    private EvaluationText() {}

    public static String of(Evaluation.Result result) {
        return of(lines(result), List.of(), result);
    }

    /** Beside a bag of words that was measured on the same files. */
    public static String of(Evaluation.Result result, Evaluation.Result bagOfWords) {
        return of(lines(result), lines(bagOfWords), result);
    }

    private static List<ClassificationReport> lines(Evaluation.Result result) {
        List<ClassificationReport> lines = new ArrayList<>(result.files());
        if (lines.size() > 1) {
            lines.add(result.together());
        }
        return lines;
    }

    private static String of(
            List<ClassificationReport> lines, List<ClassificationReport> bagOfWords, Evaluation.Result result) {
        return files(lines, bagOfWords) + "\n" + labels(result.together()) + "\n" + confusion(result.together());
    }

    private static String files(List<ClassificationReport> reports, List<ClassificationReport> bagOfWords) {
        Set<String> labels = new LinkedHashSet<>();
        reports.get(reports.size() - 1).labels().forEach(labels::add);
        TextTable table = new TextTable();
        table.row("data", "rows", "skipped", "accuracy", "macro-F1");
        labels.forEach(label -> table.cell("F1 " + label));
        table.cell("ECE").cell("majority: accuracy").cell("macro-F1");
        if (!bagOfWords.isEmpty()) {
            table.cell("bag of words: accuracy").cell("macro-F1");
        }
        for (int line = 0; line < reports.size(); line++) {
            ClassificationReport report = reports.get(line);
            table.row(
                    report.name(),
                    String.valueOf(report.rows()),
                    String.valueOf(report.skipped()),
                    percent(report.accuracy()),
                    percent(report.macroF1()));
            for (String label : labels) {
                ClassificationReport.LabelScore score = report.perLabel().get(label);
                table.cell(score == null ? "-" : percent(score.f1()));
            }
            ClassificationReport.Baseline baseline = report.baseline();
            table.cell(percent(report.ece()))
                    .cell(baseline.label() + " " + percent(baseline.accuracy()))
                    .cell(percent(baseline.macroF1()));
            if (!bagOfWords.isEmpty()) {
                table.cell(percent(bagOfWords.get(line).accuracy()))
                        .cell(percent(bagOfWords.get(line).macroF1()));
            }
        }
        return table.toString();
    }

    private static String labels(ClassificationReport report) {
        TextTable table = new TextTable();
        table.row("label", "precision", "recall", "F1", "rows");
        report.perLabel()
                .forEach((label, score) -> table.row(
                        label,
                        percent(score.precision()),
                        percent(score.recall()),
                        percent(score.f1()),
                        String.valueOf(score.support())));
        return table.toString();
    }

    private static String confusion(ClassificationReport report) {
        TextTable table = new TextTable();
        table.row("right \\ said");
        report.labels().forEach(table::cell);
        for (Map.Entry<String, Map<String, Integer>> right : report.confusion().entrySet()) {
            table.row(right.getKey());
            right.getValue().values().forEach(count -> table.cell(String.valueOf(count)));
        }
        return table.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
