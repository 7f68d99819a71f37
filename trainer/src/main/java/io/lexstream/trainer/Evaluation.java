package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a classifier over labelled texts and counts: each file by itself, and all together. */
public final class Evaluation {
    /** What turns one file's texts into probabilities by label, in the file's order. */
    private interface Scorer {
        List<Map<String, Double>> score(LabeledTexts file) throws IOException;
    }

    private final List<ClassificationReport> files = new ArrayList<>();
    private final List<Scored> all = new ArrayList<>();
    private final Set<String> modelLabels = new LinkedHashSet<>();
    private final Set<String> allNamed = new LinkedHashSet<>();
    private int skipped;

    private Evaluation() {}

    /**
     * @param files one report a file, in their order
     * @param together all rows as one; each row's argmax is over the labels that its own file names
     */
    public record Result(List<ClassificationReport> files, ClassificationReport together) {
        public Result {
            files = List.copyOf(files);
        }
    }

    /**
     * Measures {@code model}, which stays the caller's.
     *
     * @throws DataException if a file names none of the model's labels
     */
    public static Result of(TextModel model, List<LabeledTexts> files, Progress progress) throws IOException {
        return run(files, file -> TextScores.of(model, file.name(), file.texts(), progress));
    }

    /** Counts what was scored before: probabilities by label, one map a row, by the file's name. */
    static Result of(List<LabeledTexts> files, Map<String, List<Map<String, Double>>> scores) throws IOException {
        return run(files, file -> scores.getOrDefault(file.name(), List.of()));
    }

    /** Measures a head on features that were computed before. */
    static Result of(LinearHead head, FeatureCache features, List<LabeledTexts> files) throws IOException {
        return run(files, file -> {
            List<Map<String, Double>> scores = new ArrayList<>();
            for (LabeledText row : file.rows()) {
                double[] probabilities = head.probabilities(features.get(row.text()));
                scores.add(Classification.of(head.labels(), probabilities, false, 1)
                        .scores());
            }
            return scores;
        });
    }

    private static Result run(List<LabeledTexts> files, Scorer scorer) throws IOException {
        if (files.isEmpty()) {
            throw new DataException("no data file to evaluate on");
        }
        Evaluation evaluation = new Evaluation();
        for (LabeledTexts file : files) {
            evaluation.add(file, scorer.score(file));
        }
        return evaluation.result();
    }

    private void add(LabeledTexts file, List<Map<String, Double>> scores) throws DataException {
        Set<String> named = file.labels();
        modelLabels.addAll(scores.get(0).keySet());
        if (Collections.disjoint(named, modelLabels)) {
            throw new DataException(
                    "%s: its labels %s are none of the model's %s".formatted(file.name(), named, modelLabels));
        }
        List<Scored> scored = new ArrayList<>(scores.size());
        for (int row = 0; row < scores.size(); row++) {
            scored.add(best(file.rows().get(row).label(), scores.get(row), named));
        }
        files.add(ClassificationMetrics.measure(file.name(), file.skipped().size(), inOrder(named), scored));
        all.addAll(scored);
        allNamed.addAll(named);
        skipped += file.skipped().size();
    }

    private Result result() {
        return new Result(files, ClassificationMetrics.measure("together", skipped, inOrder(allNamed), all));
    }

    /** The best of the named labels, its probability being that among them. */
    private static Scored best(String right, Map<String, Double> scores, Set<String> named) {
        String best = "";
        double highest = -1;
        double sum = 0;
        for (Map.Entry<String, Double> score : scores.entrySet()) {
            if (named.contains(score.getKey())) {
                sum += score.getValue();
                if (score.getValue() > highest) {
                    best = score.getKey();
                    highest = score.getValue();
                }
            }
        }
        return new Scored(right, best, sum > 0 ? highest / sum : 0);
    }

    /**
     * The model's labels that the data names, then those that only the data knows: the model cannot get these right.
     */
    private List<String> inOrder(Set<String> named) {
        Set<String> ordered = new LinkedHashSet<>(modelLabels);
        ordered.addAll(named);
        ordered.retainAll(named);
        return List.copyOf(ordered);
    }
}
