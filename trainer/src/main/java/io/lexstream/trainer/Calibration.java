package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What makes a head's probabilities honest: logits divided by a temperature (Guo et al. 2017), and with two labels the
 * border between them moved to where the development files are told apart best. Both fold into the head's weights.
 *
 * @param shift added to the second of two labels' logit, after the division; 0 if there are more labels
 */
record Calibration(double temperature, double shift) {
    private static final double COLDEST = 0.25;
    private static final double HOTTEST = 4;
    private static final int HALVINGS = 40;
    private static final double TINY = 1e-12;

    /** With fewer rows, what is fitted would be chance. */
    private static final int FEWEST_ROWS = 50;

    /** Leaves a head as it is. */
    static final Calibration NONE = new Calibration(1, 0);

    /**
     * Fits to scored development rows; files count by the root of their size.
     *
     * @param scores probabilities by label, one map a row, by the file's name
     */
    static Calibration fit(List<LabeledTexts> dev, Map<String, List<Map<String, Double>>> scores, List<String> labels) {
        if (dev.stream().mapToInt(file -> file.rows().size()).sum() < FEWEST_ROWS) {
            return NONE;
        }
        double temperature = lowest(heat -> loss(dev, scores, heat));
        if (labels.size() != 2) {
            return new Calibration(temperature, 0);
        }
        List<Double> margins = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        for (int source = 0; source < dev.size(); source++) {
            LabeledTexts file = dev.get(source);
            List<Map<String, Double>> rows = scores.getOrDefault(file.name(), List.of());
            for (int row = 0; row < rows.size(); row++) {
                margins.add((log(rows.get(row), labels.get(1)) - log(rows.get(row), labels.get(0))) / temperature);
                right.add(labels.indexOf(file.rows().get(row).label()));
                sources.add(source);
            }
        }
        double shift = ThresholdCalibration.bestShift(
                margins.stream().mapToDouble(Double::doubleValue).toArray(),
                right.stream().mapToInt(Integer::intValue).toArray(),
                sources.stream().mapToInt(Integer::intValue).toArray());
        return new Calibration(temperature, shift);
    }

    /** What the calibrated head says where the other said {@code scores}. */
    Map<String, Double> applied(Map<String, Double> scores, List<String> labels) {
        double[] logits = new double[labels.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = log(scores, labels.get(i)) / temperature + (i == 1 ? shift : 0);
        }
        Softmax.inPlace(logits);
        Map<String, Double> calibrated = new LinkedHashMap<>();
        for (int i = 0; i < logits.length; i++) {
            calibrated.put(labels.get(i), logits[i]);
        }
        return calibrated;
    }

    List<Map<String, Double>> applied(List<Map<String, Double>> rows, List<String> labels) {
        return rows.stream().map(row -> applied(row, labels)).toList();
    }

    LinearHead applied(LinearHead head) {
        float[][] weights = new float[head.weights().length][];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = scaled(head.weights()[row]);
        }
        LinearHead cooled = new LinearHead(head.labels(), weights, scaled(head.bias()));
        return shift == 0 ? cooled : cooled.shifted(1, shift);
    }

    private float[] scaled(float[] values) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= (float) temperature;
        }
        return scaled;
    }

    /** Negative log-likelihood among the labels that each file names. */
    private static double loss(
            List<LabeledTexts> dev, Map<String, List<Map<String, Double>>> scores, double temperature) {
        double loss = 0;
        for (LabeledTexts file : dev) {
            List<Map<String, Double>> rows = scores.getOrDefault(file.name(), List.of());
            double ofFile = 0;
            for (int row = 0; row < rows.size(); row++) {
                double sum = 0;
                for (String label : file.labels()) {
                    sum += Math.exp(log(rows.get(row), label) / temperature);
                }
                ofFile +=
                        Math.log(sum) - log(rows.get(row), file.rows().get(row).label()) / temperature;
            }
            loss += ofFile / Math.sqrt(Math.max(1, rows.size()));
        }
        return loss;
    }

    private static double log(Map<String, Double> scores, String label) {
        return Math.log(Math.max(TINY, scores.getOrDefault(label, 0.0)));
    }

    /** Golden-section search on the logarithm (Kiefer 1953): the loss is convex in the inverse temperature. */
    private static double lowest(DoubleUnaryOperator loss) {
        double golden = (Math.sqrt(5) - 1) / 2;
        double from = Math.log(COLDEST);
        double to = Math.log(HOTTEST);
        for (int i = 0; i < HALVINGS; i++) {
            double left = to - golden * (to - from);
            double right = from + golden * (to - from);
            if (loss.applyAsDouble(Math.exp(left)) < loss.applyAsDouble(Math.exp(right))) {
                to = right;
            } else {
                from = left;
            }
        }
        return Math.exp((from + to) / 2);
    }
}
