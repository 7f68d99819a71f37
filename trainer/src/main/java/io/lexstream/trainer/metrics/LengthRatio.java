package io.lexstream.trainer.metrics;

import java.util.List;

/** Words written by words expected, all texts together; below 1 something is missing, above 1 something is made up. */
public final class LengthRatio implements CorpusMetric {
    /** Words of the hypothesis, mean words of the references. */
    @Override
    public double[] counts(Segment segment) {
        double expected = segment.references().stream()
                .map(Tokens13a::of)
                .mapToInt(List::size)
                .average()
                .orElse(0);
        return new double[] {Tokens13a.of(segment.hypothesis()).size(), expected};
    }

    @Override
    public double score(double[] sums) {
        return CorpusMetric.ratio(sums);
    }
}
