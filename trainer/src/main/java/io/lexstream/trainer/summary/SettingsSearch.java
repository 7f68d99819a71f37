package io.lexstream.trainer.summary;

import io.lexstream.summary.Form;
import io.lexstream.summary.LengthBudget;
import io.lexstream.summary.SentenceFeatures;
import io.lexstream.summary.SummarySettings;
import io.lexstream.trainer.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds how long summaries should be and how much novelty counts: every combination is tried on the development texts,
 * for each form by itself, and the best mean score over the files is taken. A form that no text has keeps its default.
 */
final class SettingsSearch {
    /** Summaries of running text: about half of it at most, so that a mail of three sentences loses something. */
    private static final LengthBudget PROSE = new LengthBudget(0.5, 200, 450, 6, 0.15);

    private static final LengthBudget DIALOGUE = new LengthBudget(0.25, 100, 450, 6, 0.15);
    private static final List<Double> NOVELTIES = List.of(0.0, 0.1, 0.2, 0.3);
    private static final List<Double> LEAST_WORTHS = List.of(0.0, 0.1, 0.15, 0.2, 0.25);
    private static final List<Double> SHARES = List.of(0.15, 0.2, 0.25, 0.3, 0.35);
    private static final List<Integer> LENGTHS = List.of(300, 350, 400, 450);

    private final Ranker ranker;
    private final Map<Form, List<ReadFile>> devByForm = new EnumMap<>(Form.class);
    private final Progress progress;

    SettingsSearch(Ranker ranker, List<ReadFile> dev, Progress progress) {
        this.ranker = ranker;
        this.progress = progress;
        for (Form form : Form.values()) {
            List<ReadFile> files = dev.stream()
                    .map(file -> new ReadFile(file.name(), ofForm(file, form)))
                    .filter(file -> !file.texts().isEmpty())
                    .toList();
            devByForm.put(form, files);
        }
    }

    private record Scored(SummarySettings settings, double score) {}

    SummarySettings best() {
        Scored best = null;
        for (double novelty : NOVELTIES) {
            Scored found = best(new SummarySettings(SentenceFeatures.VERSION, novelty, PROSE, DIALOGUE));
            progress.say("novelty %.1f: %.4f with %s".formatted(novelty, found.score(), found.settings()));
            if (best == null || found.score() > best.score()) {
                best = found;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no novelty to try");
        }
        return best.settings();
    }

    /** The best budgets for that novelty, and the mean of the forms' scores. */
    private Scored best(SummarySettings start) {
        SummarySettings settings = start;
        double sum = 0;
        int forms = 0;
        for (Form form : Form.values()) {
            List<ReadFile> files = devByForm.getOrDefault(form, List.of());
            if (files.isEmpty()) {
                continue;
            }
            double bestScore = -1;
            SummarySettings base = settings;
            for (LengthBudget budget : budgets(form)) {
                SummarySettings tried = base.with(form, budget);
                double score = score(files, tried);
                if (score > bestScore) {
                    bestScore = score;
                    settings = tried;
                }
            }
            sum += bestScore;
            forms++;
        }
        return new Scored(settings, forms == 0 ? 0 : sum / forms);
    }

    private static List<LengthBudget> budgets(Form form) {
        List<LengthBudget> budgets = new ArrayList<>();
        for (double leastWorth : LEAST_WORTHS) {
            if (form == Form.DIALOGUE) {
                SHARES.forEach(share -> budgets.add(new LengthBudget(
                        share,
                        DIALOGUE.leastCharacters(),
                        DIALOGUE.mostCharacters(),
                        DIALOGUE.mostSentences(),
                        leastWorth)));
            } else {
                LENGTHS.forEach(length -> budgets.add(new LengthBudget(
                        PROSE.share(), PROSE.leastCharacters(), length, PROSE.mostSentences(), leastWorth)));
            }
        }
        return budgets;
    }

    private double score(List<ReadFile> files, SummarySettings settings) {
        return files.stream()
                .mapToDouble(file -> file.texts().stream()
                        .mapToDouble(text -> GreedyOracle.score(ranker.summary(text, settings), text.reference()))
                        .average()
                        .orElse(0))
                .average()
                .orElse(0);
    }

    private static List<ReadText> ofForm(ReadFile file, Form form) {
        return file.texts().stream()
                .filter(text -> text.passage().form() == form)
                .toList();
    }
}
