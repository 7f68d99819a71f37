package io.lexstream.trainer;

import static java.util.Objects.requireNonNull;

import io.lexstream.trainer.ClassificationReport.Baseline;
import io.lexstream.trainer.ClassificationReport.LabelScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a classifier got right. */
public final class ClassificationMetrics {
    private static final int ECE_BINS = 15;

    private ClassificationMetrics() {}

    /**
     * @param labels the labels that the data names
     * @param scored one a row, at least one
     */
    public static ClassificationReport measure(String name, int skipped, List<String> labels, List<Scored> scored) {
        Map<String, Map<String, Integer>> confusion = confusion(labels, scored);
        Map<String, LabelScore> perLabel = new LinkedHashMap<>();
        labels.forEach(label -> perLabel.put(label, score(label, confusion)));
        long hits = scored.stream()
                .filter(row -> row.right().equals(row.predicted()))
                .count();
        return new ClassificationReport(
                name,
                scored.size(),
                skipped,
                hits / (double) scored.size(),
                macroF1(perLabel),
                perLabel,
                confusion,
                expectedCalibrationError(scored),
                baseline(perLabel, scored.size()));
    }

    private static Map<String, Map<String, Integer>> confusion(List<String> labels, List<Scored> scored) {
        Map<String, Map<String, Integer>> confusion = new LinkedHashMap<>();
        for (String right : labels) {
            Map<String, Integer> row = new LinkedHashMap<>();
            labels.forEach(predicted -> row.put(predicted, 0));
            confusion.put(right, row);
        }
        for (Scored row : scored) {
            requireNonNull(confusion.get(row.right())).merge(row.predicted(), 1, Integer::sum);
        }
        return confusion;
    }

    private static LabelScore score(String label, Map<String, Map<String, Integer>> confusion) {
        int hits = 0;
        int predicted = 0;
        int support = 0;
        for (Map.Entry<String, Map<String, Integer>> right : confusion.entrySet()) {
            int named = right.getValue().getOrDefault(label, 0);
            predicted += named;
            if (right.getKey().equals(label)) {
                hits = named;
                support = right.getValue().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
            }
        }
        double precision = predicted == 0 ? 0 : hits / (double) predicted;
        double recall = support == 0 ? 0 : hits / (double) support;
        double f1 = hits == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new LabelScore(precision, recall, f1, support);
    }

    private static double macroF1(Map<String, LabelScore> perLabel) {
        return perLabel.values().stream().mapToDouble(LabelScore::f1).average().orElse(0);
    }

    /** The weighted mean over the bins of |accuracy - confidence|. */
    private static double expectedCalibrationError(List<Scored> scored) {
        double[] confidence = new double[ECE_BINS];
        double[] hits = new double[ECE_BINS];
        for (Scored row : scored) {
            int bin = Math.min(ECE_BINS - 1, (int) (row.confidence() * ECE_BINS));
            confidence[bin] += row.confidence();
            hits[bin] += row.right().equals(row.predicted()) ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < ECE_BINS; bin++) {
            error += Math.abs(hits[bin] - confidence[bin]);
        }
        return error / scored.size();
    }

    private static Baseline baseline(Map<String, LabelScore> perLabel, int rows) {
        List<Map.Entry<String, LabelScore>> labels = new ArrayList<>(perLabel.entrySet());
        Map.Entry<String, LabelScore> majority = labels.get(0);
        for (Map.Entry<String, LabelScore> label : labels) {
            if (label.getValue().support() > majority.getValue().support()) {
                majority = label;
            }
        }
        double accuracy = majority.getValue().support() / (double) rows;
        double f1 = 2 * accuracy / (accuracy + 1); // precision = accuracy, recall = 1
        return new Baseline(majority.getKey(), accuracy, f1 / labels.size());
    }
}
