package io.lexstream.trainer;

import io.lexstream.model.BaseEncoder;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The page that tells people what a model was made of, how good it is and where not to trust it, whatever the method.
 *
 * @param summary what kind of model it is, in a sentence or two of Markdown
 * @param license terms of the weights; empty = not stated
 * @param notes Markdown on data, terms, limits; may be empty
 * @param making Markdown on how it was trained: method, settings, command
 */
public record ModelCard(
        String task,
        String version,
        String summary,
        String license,
        BaseEncoder base,
        TrainingData data,
        Quality quality,
        String notes,
        String making) {
    /**
     * What was measured.
     *
     * @param dev on the rows that settings were chosen by
     * @param test on the rows that the model is reported on: {@link TrainingData#reported}
     * @param bagOfWords the baseline on the same rows as {@code test}
     */
    public record Quality(Evaluation.Result dev, Evaluation.Result test, Evaluation.Result bagOfWords) {}

    public String markdown() {
        StringJoiner page = new StringJoiner("\n\n", "", "\n");
        page.add("# %s@%s".formatted(task, version));
        page.add("Tells %s apart. %s".formatted(String.join(", ", data.labels()), summary));
        page.add("""
                - License of the model: %s
                - License of the encoder: %s""".formatted(license.isEmpty() ? "not stated" : license, base.license()));
        page.add("## How good it is").add(tables());
        page.add("## Data").add(rows());
        if (!notes.isEmpty()) {
            page.add(notes);
        }
        page.add("## How it was made").add(making);
        return page.toString();
    }

    private String tables() {
        String tested = """
                One model, every file by itself: a model that knows only one source falls apart on another. F1 in percent; \
                ECE is the expected calibration error (15 bins); majority is what always naming the most frequent label \
                reaches; bag of words is logistic regression on words and word pairs, trained on the same rows. Labels \
                that a file never names are left out of the argmax.""";
        if (data.test().isEmpty()) {
            return tested
                    + "\n\nNo test file was named. These rows decided which settings are best, so the figures are "
                    + "rather too good.\n\n"
                    + table(quality.test(), quality.bagOfWords().files());
        }
        return tested + "\n\nTest rows, by which this run neither fitted nor chose anything:\n\n"
                + table(quality.test(), quality.bagOfWords().files())
                + "\n\nDevelopment rows, which decided when to stop and which settings are best:\n\n"
                + table(quality.dev(), List.of());
    }

    /** @param bagOfWords file by file; empty = not measured there */
    private String table(Evaluation.Result result, List<ClassificationReport> bagOfWords) {
        StringJoiner header = new StringJoiner(" | ", "| ", " |");
        StringJoiner rule = new StringJoiner("|", "|", "|");
        header.add("data").add("rows").add("accuracy").add("macro-F1");
        rule.add("---").add("---:").add("---:").add("---:");
        for (String label : data.labels()) {
            header.add("F1 " + label);
            rule.add("---:");
        }
        header.add("ECE").add("majority");
        rule.add("---:").add("---:");
        if (!bagOfWords.isEmpty()) {
            header.add("bag of words: accuracy").add("macro-F1");
            rule.add("---:").add("---:");
        }
        StringJoiner table = new StringJoiner("\n");
        table.add(header.toString()).add(rule.toString());
        for (int i = 0; i < result.files().size(); i++) {
            table.add(row(result.files().get(i), bagOfWords.isEmpty() ? List.of() : List.of(bagOfWords.get(i))));
        }
        return table.toString();
    }

    private String row(ClassificationReport file, List<ClassificationReport> bagOfWords) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |");
        row.add(file.name())
                .add(String.valueOf(file.rows()))
                .add(percent(file.accuracy()))
                .add(percent(file.macroF1()));
        for (String label : data.labels()) {
            ClassificationReport.LabelScore score = file.perLabel().get(label);
            row.add(score == null ? "" : percent(score.f1()));
        }
        row.add(percent(file.ece()));
        row.add(percent(file.baseline().accuracy()) + " (" + file.baseline().label() + ")");
        for (ClassificationReport baseline : bagOfWords) {
            row.add(percent(baseline.accuracy())).add(percent(baseline.macroF1()));
        }
        return row.toString();
    }

    private String rows() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| used for | file | rows | SHA-256 of the file |").add("|---|---|---:|---|");
        data.train().forEach(file -> table.add(dataRow("training", file)));
        data.dev().forEach(file -> table.add(dataRow("development", file)));
        data.test().forEach(file -> table.add(dataRow("test", file)));
        return table + "\n\nA text that comes twice is used once; no text is in two of the three parts.";
    }

    private static String dataRow(String use, LabeledTexts file) {
        return "| %s | %s | %d | `%s` |".formatted(use, file.name(), file.rows().size(), file.sha256());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
