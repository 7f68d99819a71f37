package io.lexstream.trainer.metrics;

/** The share of texts that are the source again, white space aside: untranslated, or not shortened. */
public final class CopyRate implements CorpusMetric {
    /** Whether it is a copy, and one text. */
    @Override
    public double[] counts(Segment segment) {
        boolean copied = Tokens13a.words(segment.hypothesis()).equals(Tokens13a.words(segment.source()));
        return new double[] {copied ? 1 : 0, 1};
    }

    @Override
    public double score(double[] sums) {
        return CorpusMetric.ratio(sums);
    }
}
