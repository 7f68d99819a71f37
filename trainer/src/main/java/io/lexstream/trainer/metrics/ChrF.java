package io.lexstream.trainer.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * chrF (Popović 2015): the F-score of runs of one to six characters, white space left out. Recall weighs {@code beta}
 * times as much as precision; chrF2 is {@code beta = 2}.
 *
 * <p>As sacreBLEU computes it by default: precision and recall are averaged over the orders that both sides have, and
 * case counts. Of several references, each text is compared with the one that it resembles most.
 */
public final class ChrF implements CorpusMetric {
    /** What the figures are, in sacreBLEU's form. */
    public static final String SIGNATURE = "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:lexstream";

    private static final int ORDERS = 6;
    private static final int COUNTS_PER_ORDER = 3;

    private final double beta;

    /** chrF2. */
    public ChrF() {
        this(2);
    }

    ChrF(double beta) {
        this.beta = beta;
    }

    /** chrF2 of each text against one reference; 0 to 1. */
    public static double of(List<String> hypotheses, List<String> references) {
        return new ChrF().score(Segment.of(hypotheses, references));
    }

    /** By order, from one character to six: n-grams of the hypothesis, of the reference, and matches. */
    @Override
    public double[] counts(Segment segment) {
        List<String> hypothesis = characters(segment.hypothesis());
        double[] best = counts(hypothesis, segment.references().get(0));
        for (String reference :
                segment.references().subList(1, segment.references().size())) {
            double[] other = counts(hypothesis, reference);
            if (score(other) > score(best)) {
                best = other;
            }
        }
        return best;
    }

    private static double[] counts(List<String> hypothesis, String reference) {
        List<String> expected = characters(reference);
        double[] counts = new double[ORDERS * COUNTS_PER_ORDER];
        for (int order = 0; order < ORDERS; order++) {
            Ngrams written = Ngrams.of(hypothesis, order + 1);
            Ngrams known = Ngrams.of(expected, order + 1);
            // An order that the reference is too short for says nothing about the hypothesis.
            counts[COUNTS_PER_ORDER * order] = known.total() == 0 ? 0 : written.total();
            counts[COUNTS_PER_ORDER * order + 1] = known.total();
            counts[COUNTS_PER_ORDER * order + 2] = written.matches(known);
        }
        return counts;
    }

    @Override
    public double score(double[] sums) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int i = 0; i < sums.length; i += COUNTS_PER_ORDER) {
            if (sums[i] > 0 && sums[i + 1] > 0) {
                precision += sums[i + 2] / sums[i];
                recall += sums[i + 2] / sums[i + 1];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        double weight = beta * beta;
        return (1 + weight) * precision * recall / ((weight * precision + recall) * orders);
    }

    /** Code points, so that an emoji is one character. */
    private static List<String> characters(String text) {
        List<String> characters = new ArrayList<>(text.length());
        for (String word : Tokens13a.words(text)) {
            word.codePoints().mapToObj(Character::toString).forEach(characters::add);
        }
        return characters;
    }
}
