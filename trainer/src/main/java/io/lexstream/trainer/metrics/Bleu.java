package io.lexstream.trainer.metrics;

import java.util.Comparator;
import java.util.List;

/**
 * Corpus BLEU (Papineni et al. 2002): the geometric mean of the precisions of one to four words, lowered if the texts
 * are shorter than the references.
 *
 * <p>As sacreBLEU computes it by default (Post 2018): 13a tokens, case counts, and an order without a match gets half
 * the precision that one match would give, a quarter if it is the second such order, and so on (smoothing {@code exp}).
 * Texts too short for four words anywhere, or without any match, score 0.
 */
public final class Bleu implements CorpusMetric {
    /** What the figures are, in sacreBLEU's form, so that they can be compared with published ones. */
    public static final String SIGNATURE = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:lexstream";

    private static final int ORDERS = 4;
    private static final int HYPOTHESIS_LENGTH = 2 * ORDERS;
    private static final int REFERENCE_LENGTH = HYPOTHESIS_LENGTH + 1;

    /** Of each text against one reference; 0 to 1. */
    public static double of(List<String> hypotheses, List<String> references) {
        return new Bleu().score(Segment.of(hypotheses, references));
    }

    /**
     * Matches of 1 to 4 words, n-grams of 1 to 4 words, words of the hypothesis, of the reference nearest in length.
     */
    @Override
    public double[] counts(Segment segment) {
        List<String> hypothesis = Tokens13a.of(segment.hypothesis());
        List<List<String>> references =
                segment.references().stream().map(Tokens13a::of).toList();
        double[] counts = new double[REFERENCE_LENGTH + 1];
        for (int order = 1; order <= ORDERS; order++) {
            int n = order;
            Ngrams ngrams = Ngrams.of(hypothesis, n);
            Ngrams known = Ngrams.most(
                    references.stream().map(words -> Ngrams.of(words, n)).toList());
            counts[order - 1] = ngrams.matches(known);
            counts[ORDERS + order - 1] = ngrams.total();
        }
        counts[HYPOTHESIS_LENGTH] = hypothesis.size();
        counts[REFERENCE_LENGTH] = nearest(hypothesis.size(), references);
        return counts;
    }

    @Override
    public double score(double[] sums) {
        if (sums.length == 0 || sums[0] == 0) { // who matches no word matches no run of words
            return 0;
        }
        double logarithms = 0;
        double halved = 1;
        for (int order = 0; order < ORDERS; order++) {
            double matches = sums[order];
            double total = sums[ORDERS + order];
            if (total == 0) {
                return 0;
            }
            if (matches == 0) {
                halved /= 2;
                matches = halved;
            }
            logarithms += Math.log(matches / total);
        }
        return brevityPenalty(sums[HYPOTHESIS_LENGTH], sums[REFERENCE_LENGTH]) * Math.exp(logarithms / ORDERS);
    }

    private static double brevityPenalty(double hypothesis, double reference) {
        return hypothesis < reference ? Math.exp(1 - reference / hypothesis) : 1;
    }

    /** The length of the reference nearest in length, the shorter one of two. */
    private static int nearest(int length, List<List<String>> references) {
        return references.stream()
                .map(List::size)
                .min(Comparator.<Integer>comparingInt(size -> Math.abs(size - length))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
