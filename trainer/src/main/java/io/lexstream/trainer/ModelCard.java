package io.lexstream.trainer;

import io.lexstream.model.BaseEncoder;
import java.util.Locale;
import java.util.StringJoiner;

/** The page that tells people what a head was made of, how good it is and where not to trust it. */
final class ModelCard {
    private final HeadRequest request;
    private final String notes;
    private final BaseEncoder base;
    private final TrainingData data;
    private final HeadFitting.Best best;
    private final Evaluation.Result dev;
    private final Evaluation.Result test;

    ModelCard(
            HeadRequest request,
            String notes,
            BaseEncoder base,
            TrainingData data,
            HeadFitting.Best best,
            Evaluation.Result dev,
            Evaluation.Result test) {
        this.request = request;
        this.notes = notes;
        this.base = base;
        this.data = data;
        this.best = best;
        this.dev = dev;
        this.test = test;
    }

    String markdown() {
        StringJoiner page = new StringJoiner("\n\n", "", "\n");
        page.add("# %s@%s".formatted(request.task(), request.version()));
        page.add(summary());
        page.add("## How good it is").add(quality());
        page.add("## Data").add(rows());
        if (!notes.isEmpty()) {
            page.add(notes);
        }
        page.add("## How it was made").add(making());
        return page.toString();
    }

    private String summary() {
        HeadOptions options = request.options();
        return """
                Tells %s apart. A linear head on the frozen encoder %s (pooling %s, at most %d tokens of a text are read).

                - License of the head: %s
                - License of the encoder: %s""".formatted(
                        String.join(", ", data.labels()),
                        base.name(),
                        options.pooling().manifestName(),
                        options.maxTokens(),
                        request.license().isEmpty() ? "not stated" : request.license(),
                        base.license());
    }

    private String quality() {
        String tested = """
                One model, every file by itself: a model that knows only one source falls apart on another. F1 in percent; \
                ECE is the expected calibration error (15 bins); majority is what always naming the most frequent label \
                reaches. Labels that a file never names are left out of the argmax.""";
        if (data.test().isEmpty()) {
            return tested
                    + "\n\nNo test file was named. These rows decided which settings are best, so the figures are "
                    + "rather too good.\n\n" + table(dev);
        }
        return tested + "\n\nTest rows, by which this run neither fitted nor chose anything:\n\n" + table(test)
                + "\n\nDevelopment rows, which decided when to stop and which settings are best:\n\n" + table(dev);
    }

    private String table(Evaluation.Result result) {
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
        StringJoiner table = new StringJoiner("\n");
        table.add(header.toString()).add(rule.toString());
        result.files().forEach(file -> table.add(row(file)));
        return table.toString();
    }

    private String row(ClassificationReport file) {
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

    private String making() {
        HeadOptions options = request.options();
        StringJoiner text = new StringJoiner("\n");
        text.add(
                "The encoder's features of every text were computed once. Multinomial logistic regression was fitted to");
        text.add(
                "them by L-BFGS, stopped where the loss on the development rows was least; of the penalties below the one");
        text.add(
                "with the best macro-F1 (mean over the development files) was taken. With two labels the border between");
        text.add("them was then moved to where that is highest. Nothing but the sampling (seed %d) is random."
                .formatted(options.seed()));
        text.add("");
        text.add("```").add(request.command()).add("```");
        text.add("");
        text.add("| L2 | steps | training loss | development loss | shift | development macro-F1 |");
        text.add("|---:|---:|---:|---:|---:|---:|");
        for (HeadFitting.Trial trial : best.trials()) {
            text.add("| %.0e%s | %d | %.4f | %.4f | %+.2f | %s |"
                    .formatted(
                            trial.penalty(),
                            trial.equals(best.trial()) ? " (taken)" : "",
                            trial.steps(),
                            trial.trainLoss(),
                            trial.devLoss(),
                            trial.shift(),
                            percent(trial.devMacroF1())));
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
