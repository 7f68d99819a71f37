package io.lexstream.trainer.tuning;

import java.util.List;
import java.util.TreeMap;

/**
 * What a look at the development rows found.
 *
 * @param macroF1 of classification; of text generation the share of tokens that are right, given those before
 */
public record DevScore(double loss, double macroF1) {
    /** Confusions of one development file. */
    private static final class Counts {
        private final int[][] byRightAndSaid;

        private Counts(int labels) {
            byRightAndSaid = new int[labels][labels];
        }

        double macroF1() {
            double sum = 0;
            int labels = 0;
            for (int label = 0; label < byRightAndSaid.length; label++) {
                int hits = byRightAndSaid[label][label];
                int support = 0;
                int said = 0;
                for (int other = 0; other < byRightAndSaid.length; other++) {
                    support += byRightAndSaid[label][other];
                    said += byRightAndSaid[other][label];
                }
                if (support > 0) {
                    labels++;
                    sum += 2.0 * hits / (support + said);
                }
            }
            return labels == 0 ? 0 : sum / labels;
        }
    }

    /**
     * @param logits of each row, in the order of {@code rows}
     * @return the mean of the files' macro-F1 within each task, then over the tasks
     */
    static DevScore of(List<TokenRow> rows, List<float[]> logits) {
        TreeMap<Integer, TreeMap<Integer, Counts>> counts = new TreeMap<>();
        double loss = 0;
        double weight = 0;
        for (int i = 0; i < rows.size(); i++) {
            TokenRow row = rows.get(i);
            double[] logProbabilities = logSoftmax(logits.get(i), row.possible());
            loss -= row.weight() * logProbabilities[row.label()];
            weight += row.weight();
            counts.computeIfAbsent(row.task(), task -> new TreeMap<>())
                    .computeIfAbsent(row.group(), group -> new Counts(row.target().length))
                    .byRightAndSaid[row.label()][best(logProbabilities)]++;
        }
        double macroF1 = counts.values().stream()
                .mapToDouble(files -> files.values().stream()
                        .mapToDouble(Counts::macroF1)
                        .average()
                        .orElse(0))
                .average()
                .orElse(0);
        return new DevScore(loss / weight, macroF1);
    }

    boolean isBetterThan(DevScore other) {
        return macroF1 > other.macroF1 || (macroF1 == other.macroF1 && loss < other.loss);
    }

    /**
     * Whether it cannot be told from {@code best}, the best score so far (the one-standard-error rule of Breiman et al.
     * 1984).
     *
     * @param rows how many development rows there are
     */
    boolean isWithinOneErrorOf(DevScore best, int rows) {
        return macroF1 >= best.macroF1 - Math.sqrt(best.macroF1 * (1 - best.macroF1) / rows);
    }

    private static double[] logSoftmax(float[] logits, boolean[] possible) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            max = possible[i] ? Math.max(max, logits[i]) : max;
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += possible[i] ? Math.exp(logits[i] - max) : 0;
        }
        double[] result = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            result[i] = possible[i] ? logits[i] - max - Math.log(sum) : Double.NEGATIVE_INFINITY;
        }
        return result;
    }

    private static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
