package io.lexstream.trainer.summary;

import io.lexstream.model.BaseEncoder;
import io.lexstream.summary.Form;
import io.lexstream.summary.LengthBudget;
import io.lexstream.summary.SummarySettings;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TrainingRequest;
import io.lexstream.trainer.metrics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The page that tells people what a summarizer was made of, how good it is and where not to trust it. */
record SummaryCard(
        TrainingRequest<FitOptions> request,
        BaseEncoder base,
        SummaryData data,
        RankerFitting.Best fit,
        SummarySettings settings,
        Quality quality,
        String notes) {

    /**
     * What was measured.
     *
     * @param test empty if no test file was named
     */
    record Quality(List<SummaryScores> dev, List<SummaryScores> test) {
        /** What the model is reported on. */
        List<SummaryScores> reported() {
            return test.isEmpty() ? dev : test;
        }
    }

    String markdown() {
        StringJoiner page = new StringJoiner("\n\n", "", "\n");
        page.add("# %s@%s".formatted(request.task(), request.version()));
        page.add("""
                Quotes the sentences of a text that matter most: a linear ranker on the frozen encoder %s and on where and \
                how a sentence stands in its text, then maximal marginal relevance. Nothing is made up, and nothing is put \
                in other words.""".formatted(base.name()));
        page.add("""
                - License of the model: %s
                - License of the encoder: %s""".formatted(request.license().isEmpty() ? "not stated" : request.license(), base.license()));
        page.add("## How long the summaries are").add(lengths());
        page.add("## How good they are").add(tables());
        page.add("## Data").add(rows());
        if (!notes.isEmpty()) {
            page.add(notes);
        }
        page.add("## How it was made").add(making());
        return page.toString();
    }

    private String lengths() {
        return length("Running text", settings.budget(Form.PROSE)) + "\n"
                + length("Dialogues (lines that begin with a speaker)", settings.budget(Form.DIALOGUE))
                + "\n\nA text that is not longer than what is wanted of a short one is its own summary. Sentences are not cut: one of which half fits is quoted. `config.json` holds these figures.";
    }

    private static String length(String what, LengthBudget budget) {
        return "- %s: about %d %% of the text, though %d characters of a short and %d of a long one; %d sentences at most."
                .formatted(
                        what,
                        Math.round(100 * budget.share()),
                        budget.leastCharacters(),
                        budget.mostCharacters(),
                        budget.mostSentences());
    }

    private String tables() {
        String explained = """
                F1 of ROUGE-1, ROUGE-2 and ROUGE-L in percent, no stemming, against the first reference; behind it the mean \
                length in characters. Lead is the first sentences of a text, of a dialogue the first turns. The oracle \
                knows the reference (Nallapati et al. 2017): about what quoting sentences can reach. Above \
                lead-3: in points, where the difference lies in 95 of 100 samples of the texts (paired bootstrap).""";
        StringJoiner tables = new StringJoiner("\n\n");
        tables.add(explained);
        if (!quality.test().isEmpty()) {
            tables.add("Test texts, by which this run neither fitted nor chose anything:")
                    .add(table(quality.test()));
        }
        tables.add("Development texts, which decided the lengths:").add(table(quality.dev()));
        return tables.toString();
    }

    static String table(List<SummaryScores> files) {
        StringJoiner table = new StringJoiner("\n");
        table.add("| data | texts | lead-1 | lead-3 | this model | above lead-3: ROUGE-1 | ROUGE-L | oracle |");
        table.add("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (SummaryScores file : files) {
            table.add("| %s | %d | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            file.file(),
                            file.texts(),
                            cell(file.lead1()),
                            cell(file.lead3()),
                            cell(file.model()),
                            gain(file.gain().rouge1()),
                            gain(file.gain().rougeL()),
                            cell(file.oracle())));
        }
        return table.toString();
    }

    private static String cell(SummaryScores.Score score) {
        return "%s / %s / %s (%d)"
                .formatted(
                        percent(score.rouge1()), percent(score.rouge2()), percent(score.rougeL()), score.characters());
    }

    private static String gain(Interval interval) {
        return String.format(Locale.ROOT, "%+.1f to %+.1f", 100 * interval.low(), 100 * interval.high());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private String rows() {
        StringJoiner table = new StringJoiner("\n");
        table.add("| used for | file | texts | SHA-256 of the file |").add("|---|---|---:|---|");
        data.train().forEach(file -> table.add(dataRow("training", file)));
        data.dev().forEach(file -> table.add(dataRow("development", file)));
        data.test().forEach(file -> table.add(dataRow("test", file)));
        return table + "\n\nA text that comes twice is used once; no text is in two of the three parts.";
    }

    private static String dataRow(String use, TextPairs file) {
        return "| %s | %s | %d | `%s` |".formatted(use, file.name(), file.rows().size(), file.sha256());
    }

    private String making() {
        StringJoiner text = new StringJoiner("\n");
        text.add("""
                Which sentences a summary would quote was found greedily by the mean of ROUGE-1 and ROUGE-L. Logistic \
                regression was fitted to that by L-BFGS, each text counting the same, stopped where the loss on the \
                development texts was least; of the penalties below the one with the least loss was taken. Then the \
                lengths were chosen by the mean of ROUGE-1 and ROUGE-L on the development texts. Nothing but the sampling \
                (seed %d) is random.""".formatted(request.options().seed()));
        text.add("").add("```").add(request.command()).add("```").add("");
        text.add("| L2 | steps | training loss | development loss |").add("|---:|---:|---:|---:|");
        for (RankerFitting.Trial trial : fit.trials()) {
            text.add("| %.0e%s | %d | %.4f | %.4f |"
                    .formatted(
                            trial.penalty(),
                            trial.equals(fit.trial()) ? " (taken)" : "",
                            trial.steps(),
                            trial.trainLoss(),
                            trial.devLoss()));
        }
        return text.toString();
    }
}
