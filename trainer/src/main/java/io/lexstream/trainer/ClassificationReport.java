package io.lexstream.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a classifier is on one data file, or on several together.
 *
 * <p>Shares are 0 to 1. Labels that the data never names are left out of the argmax, so that a model of three labels
 * can be measured on data of two.
 *
 * @param rows texts that were classified
 * @param skipped rows of the file that could not be used
 * @param perLabel by label that the data names, in the model's order
 * @param macroF1 mean of the labels' F1
 * @param confusion predictions by right label, then by predicted label
 * @param ece expected calibration error: how far confidence is from accuracy (Guo et al. 2017, 15 equal bins)
 * @param baseline what always naming the most frequent label reaches
 */
public record ClassificationReport(
        String name,
        int rows,
        int skipped,
        double accuracy,
        double macroF1,
        Map<String, LabelScore> perLabel,
        Map<String, Map<String, Integer>> confusion,
        double ece,
        Baseline baseline) {
    public ClassificationReport {
        perLabel = Collections.unmodifiableMap(new LinkedHashMap<>(perLabel));
        confusion = Collections.unmodifiableMap(new LinkedHashMap<>(confusion));
    }

    /** @param support rows that have this label */
    public record LabelScore(double precision, double recall, double f1, int support) {}

    /** Always naming the most frequent label. */
    public record Baseline(String label, double accuracy, double macroF1) {}

    /** The labels that were measured. */
    public List<String> labels() {
        return List.copyOf(perLabel.keySet());
    }
}
