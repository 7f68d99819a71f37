package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Rows, and how much each of them counts.
 *
 * @param weights one a row, not negative
 * @param scores one a row: the probabilities of its labels where another model has given them; empty where people have
 */
public record WeightedTexts(LabeledTexts texts, List<Double> weights, List<Map<String, Double>> scores) {
    public WeightedTexts {
        weights = List.copyOf(weights);
        scores = List.copyOf(scores);
        if (weights.size() != texts.rows().size()
                || scores.size() != texts.rows().size()) {
            throw new IllegalArgumentException("%s: %d rows, %d weights, %d scores"
                    .formatted(texts.name(), texts.rows().size(), weights.size(), scores.size()));
        }
        if (weights.stream().anyMatch(weight -> !(weight >= 0))) {
            throw new IllegalArgumentException(texts.name() + ": a weight is negative or not a number");
        }
    }

    /** Rows whose labels people have given. */
    public WeightedTexts(LabeledTexts texts, List<Double> weights) {
        this(texts, weights, Collections.nCopies(texts.rows().size(), Map.of()));
    }

    /** Rows that all count the same. */
    public static WeightedTexts equal(LabeledTexts texts) {
        return new WeightedTexts(texts, Collections.nCopies(texts.rows().size(), 1.0));
    }

    /** Rows of several files, weighted against each other. */
    static List<WeightedTexts> balanced(List<LabeledTexts> files, List<String> labels, TrainingWeights weights) {
        int rows = files.stream().mapToInt(file -> file.rows().size()).sum();
        int[] sources = new int[rows];
        int[] rowLabels = new int[rows];
        int at = 0;
        for (int source = 0; source < files.size(); source++) {
            for (LabeledText row : files.get(source).rows()) {
                sources[at] = source;
                rowLabels[at++] = labels.indexOf(row.label());
            }
        }
        List<Double> all = Arrays.stream(weights.of(sources, rowLabels)).boxed().toList();
        List<WeightedTexts> weighted = new ArrayList<>();
        int start = 0;
        for (LabeledTexts file : files) {
            int end = start + file.rows().size();
            weighted.add(new WeightedTexts(file, all.subList(start, end)));
            start = end;
        }
        return weighted;
    }
}
