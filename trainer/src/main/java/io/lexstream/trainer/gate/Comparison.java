package io.lexstream.trainer.gate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two models on the same rows.
 *
 * <p>The difference in macro-F1 has a confidence bound by the paired bootstrap: rows are drawn with replacement, both
 * models are measured on each draw (Efron 1979; for comparing systems, Koehn 2004). The difference in right answers has
 * an exact p by McNemar's test, which looks only at the rows on which one of the two is right.
 *
 * @param difference macro-F1 of the candidate minus the champion's
 * @param lower what the difference is above, with the confidence that was asked for
 * @param won rows that only the candidate has right
 * @param lost rows that only the champion has right
 * @param worseByChance probability of that many or more of the won and lost rows being lost, were both equally good
 */
record Comparison(int rows, double difference, double lower, int won, int lost, double worseByChance) {
    static Comparison of(Answers candidate, Answers champion, double confidence, int resamples, long seed) {
        Counted counted = new Counted(candidate, champion);
        int rows = candidate.rows().size();
        int[] all = new int[rows];
        Arrays.setAll(all, row -> row);
        double difference = counted.difference(all);
        double[] differences = new double[resamples];
        SplittableRandom random = new SplittableRandom(seed);
        int[] drawn = new int[rows];
        for (int sample = 0; sample < resamples; sample++) {
            for (int i = 0; i < rows; i++) {
                drawn[i] = random.nextInt(rows);
            }
            differences[sample] = counted.difference(drawn);
        }
        Arrays.sort(differences);
        double lower = differences[(int) Math.floor((1 - confidence) * (resamples - 1))];
        int won = 0;
        int lost = 0;
        for (int row = 0; row < rows; row++) {
            won += candidate.right(row) && !champion.right(row) ? 1 : 0;
            lost += !candidate.right(row) && champion.right(row) ? 1 : 0;
        }
        return new Comparison(rows, difference, lower, won, lost, Binomial.atLeast(lost, won + lost, 0.5));
    }

    /** McNemar's exact p, two-sided. */
    double p() {
        double fewer = Binomial.atLeast(Math.max(won, lost), won + lost, 0.5);
        return Math.min(1, 2 * fewer);
    }

    /** Labels as numbers, so that a draw is counted in no time. */
    private static final class Counted {
        private final int labels;
        private final int[] right;
        private final int[] candidate;
        private final int[] champion;

        Counted(Answers candidate, Answers champion) {
            List<String> names = candidate.labels();
            this.labels = names.size();
            this.right = candidate.rows().stream()
                    .mapToInt(row -> names.indexOf(row.label()))
                    .toArray();
            this.candidate = indexes(candidate, names);
            this.champion = indexes(champion, names);
        }

        private static int[] indexes(Answers answers, List<String> names) {
            return answers.said().stream()
                    .mapToInt(said -> names.indexOf(said.label()))
                    .toArray();
        }

        double difference(int[] rows) {
            return macroF1(rows, candidate) - macroF1(rows, champion);
        }

        /** Over the labels that the drawn rows have. */
        private double macroF1(int[] rows, int[] said) {
            int[] hits = new int[labels];
            int[] named = new int[labels];
            int[] support = new int[labels];
            for (int row : rows) {
                support[right[row]]++;
                if (said[row] >= 0) {
                    named[said[row]]++;
                    hits[right[row]] += said[row] == right[row] ? 1 : 0;
                }
            }
            double sum = 0;
            int counted = 0;
            for (int label = 0; label < labels; label++) {
                if (support[label] > 0) {
                    sum += 2.0 * hits[label] / (named[label] + support[label]);
                    counted++;
                }
            }
            return counted == 0 ? 0 : sum / counted;
        }
    }
}
