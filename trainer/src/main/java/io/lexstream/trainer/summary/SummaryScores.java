package io.lexstream.trainer.summary;

import io.lexstream.summary.SummarySettings;
import io.lexstream.trainer.Lead;
import io.lexstream.trainer.metrics.Bootstrap;
import io.lexstream.trainer.metrics.Interval;
import io.lexstream.trainer.metrics.Rouge;
import io.lexstream.trainer.metrics.Segment;
import java.util.List;
import java.util.function.Function;

/**
 * How good the summaries of one file's texts are, beside what the text's beginning and the oracle reach.
 *
 * @param file what tables call it
 * @param ofReferences mean characters of the reference summaries
 * @param gain of the model over lead-3
 */
public record SummaryScores(
        String file, int texts, int ofReferences, Score lead1, Score lead3, Score oracle, Score model, Gain gain) {

    /**
     * ROUGE F1 without stemming, 0 to 1.
     *
     * @param characters mean length of the summaries
     */
    public record Score(double rouge1, double rouge2, double rougeL, int characters) {
        private static Score of(List<Segment> segments) {
            return new Score(
                    Rouge.ONE.score(segments),
                    Rouge.TWO.score(segments),
                    Rouge.L.score(segments),
                    mean(segments.stream().map(Segment::hypothesis).toList()));
        }
    }

    /**
     * By how much one way of summing up scores above another; above chance where zero lies below the interval.
     *
     * @param rouge1 where the difference lies were other texts of the kind measured, 95 of 100 times
     * @param rougeL likewise
     */
    public record Gain(Interval rouge1, Interval rougeL) {
        private static Gain of(List<Segment> ours, List<Segment> theirs) {
            return new Gain(interval(Rouge.ONE, ours, theirs), interval(Rouge.L, ours, theirs));
        }

        private static Interval interval(Rouge rouge, List<Segment> ours, List<Segment> theirs) {
            return Bootstrap.DEFAULT.gain(rouge, rouge.countsOf(ours), rouge.countsOf(theirs));
        }
    }

    static SummaryScores of(ReadFile file, Ranker ranker, SummarySettings settings) {
        List<Segment> lead3 = summaries(file, text -> text.passage().quote(Lead.of(text.passage(), 3)));
        List<Segment> model = summaries(file, text -> ranker.summary(text, settings));
        return new SummaryScores(
                file.name(),
                file.texts().size(),
                mean(file.texts().stream().map(ReadText::reference).toList()),
                Score.of(summaries(file, text -> text.passage().quote(Lead.of(text.passage(), 1)))),
                Score.of(lead3),
                Score.of(summaries(file, text -> text.passage().quote(text.oracle()))),
                Score.of(model),
                Gain.of(model, lead3));
    }

    private static List<Segment> summaries(ReadFile file, Function<ReadText, String> summary) {
        return file.texts().stream()
                .map(text -> new Segment("", summary.apply(text), text.reference()))
                .toList();
    }

    private static int mean(List<String> texts) {
        return (int)
                Math.round(texts.stream().mapToInt(String::length).average().orElse(0));
    }
}
