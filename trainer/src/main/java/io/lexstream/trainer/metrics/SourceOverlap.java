package io.lexstream.trainer.metrics;

import java.util.List;
import java.util.Locale;

/**
 * The share of the words written that the source has, too, case aside: high if a translation was copied in parts, and 1
 * for a summary of verbatim sentences.
 */
public final class SourceOverlap implements CorpusMetric {
    /** Words that the source has, words of the hypothesis. */
    @Override
    public double[] counts(Segment segment) {
        Ngrams written = Ngrams.of(words(segment.hypothesis()), 1);
        return new double[] {written.matches(Ngrams.of(words(segment.source()), 1)), written.total()};
    }

    @Override
    public double score(double[] sums) {
        return CorpusMetric.ratio(sums);
    }

    private static List<String> words(String text) {
        return Tokens13a.of(text.toLowerCase(Locale.ROOT));
    }
}
