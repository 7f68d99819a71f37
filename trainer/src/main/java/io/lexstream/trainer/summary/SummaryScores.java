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
 */
public record SummaryScores(
        String file, int texts, int ofReferences, Score lead1, Score lead3, Score oracle, Score model) {

    /**
     * ROUGE F1 without stemming, 0 to 1.
     *
     * @param interval of ROUGE-1
     * @param characters mean length of the summaries
     */
    public record Score(double rouge1, double rouge2, double rougeL, Interval interval, int characters) {
        private static Score of(List<ReadText> texts, Function<ReadText, String> summary) {
            List<Segment> segments = texts.stream()
                    .map(text -> new Segment("", summary.apply(text), text.reference()))
                    .toList();
            return new Score(
                    Rouge.ONE.score(segments),
                    Rouge.TWO.score(segments),
                    Rouge.L.score(segments),
                    Bootstrap.DEFAULT.interval(Rouge.ONE, Rouge.ONE.countsOf(segments)),
                    mean(segments.stream().map(Segment::hypothesis).toList()));
        }
    }

    static SummaryScores of(ReadFile file, Ranker ranker, SummarySettings settings) {
        List<ReadText> texts = file.texts();
        return new SummaryScores(
                file.name(),
                texts.size(),
                mean(texts.stream().map(ReadText::reference).toList()),
                Score.of(texts, text -> text.passage().quote(Lead.of(text.passage(), 1))),
                Score.of(texts, text -> text.passage().quote(Lead.of(text.passage(), 3))),
                Score.of(texts, text -> text.passage().quote(text.oracle())),
                Score.of(texts, text -> ranker.summary(text, settings)));
    }

    private static int mean(List<String> texts) {
        return (int)
                Math.round(texts.stream().mapToInt(String::length).average().orElse(0));
    }
}
