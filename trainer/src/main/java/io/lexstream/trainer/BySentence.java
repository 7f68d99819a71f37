package io.lexstream.trainer;

import io.lexstream.language.Sentences;
import io.lexstream.trainer.metrics.CorpusMetric;
import io.lexstream.trainer.metrics.Segment;

/** A metric that reads a sentence a line, such as ROUGE-Lsum, on texts as they are. */
record BySentence(CorpusMetric metric) implements CorpusMetric {
    @Override
    public double[] counts(Segment segment) {
        return metric.counts(new Segment(
                segment.source(),
                lines(segment.hypothesis()),
                segment.references().stream().map(BySentence::lines).toList()));
    }

    @Override
    public double score(double[] sums) {
        return metric.score(sums);
    }

    private static String lines(String text) {
        return String.join("\n", Sentences.of(text).sentences());
    }
}
