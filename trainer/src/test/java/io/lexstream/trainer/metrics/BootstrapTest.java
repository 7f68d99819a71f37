package io.lexstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    /** The mean of one number a text. */
    private static final CorpusMetric MEAN = new CorpusMetric() {
        @Override
        public double[] counts(Segment segment) {
            return new double[] {Double.parseDouble(segment.hypothesis()), 1};
        }

        @Override
        public double score(double[] sums) {
            return CorpusMetric.ratio(sums);
        }
    };

    @Test
    void theIntervalOfAMeanIsThatOfStatistics() {
        int texts = 400;
        List<double[]> counts = normal(texts, 7);
        double mean = MEAN.score(CorpusMetric.sum(counts));
        double variance = counts.stream()
                        .mapToDouble(count -> (count[0] - mean) * (count[0] - mean))
                        .sum()
                / texts;
        double half = 1.96 * Math.sqrt(variance / texts);

        Interval interval = new Bootstrap(4000, 1).interval(MEAN, counts);

        assertThat(interval.low()).isCloseTo(mean - half, within(half / 10));
        assertThat(interval.high()).isCloseTo(mean + half, within(half / 10));
    }

    @Test
    void theSameSeedGivesTheSameIntervalAndAnotherAnother() {
        List<double[]> counts = normal(50, 3);
        Interval interval = new Bootstrap(100, 5).interval(MEAN, counts);

        assertThat(new Bootstrap(100, 5).interval(MEAN, counts)).isEqualTo(interval);
        assertThat(new Bootstrap(100, 6).interval(MEAN, counts)).isNotEqualTo(interval);
    }

    @Test
    void textsThatAreAllAlikeLeaveNoDoubt() {
        Segment segment = new Segment("", "this is a fine test", "this is a fine test today");
        List<double[]> counts = new Bleu().countsOf(List.of(segment, segment, segment));

        Interval interval = Bootstrap.DEFAULT.interval(new Bleu(), counts);

        double bleu = new Bleu().score(List.of(segment));
        assertThat(interval.low()).isCloseTo(bleu, within(1e-12));
        assertThat(interval.high()).isCloseTo(bleu, within(1e-12));
    }

    @Test
    void aWriterThatIsAheadOfEveryTextIsSurelyAhead() {
        List<double[]> one = normal(100, 7);
        List<double[]> other =
                one.stream().map(count -> new double[] {count[0] - 0.1, 1}).toList();

        PairedDifference ahead = new Bootstrap(500, 1).difference(MEAN, one, other, 0.95);
        PairedDifference behind = new Bootstrap(500, 1).difference(MEAN, other, one, 0.95);

        // The texts differ far more than the writers; drawn in pairs that does not matter.
        assertThat(ahead.difference()).isCloseTo(0.1, within(1e-9));
        assertThat(ahead.lower()).isCloseTo(0.1, within(1e-9));
        assertThat(ahead.worseByChance()).isEqualTo(1);
        assertThat(behind.lower()).isCloseTo(-0.1, within(1e-9));
        assertThat(behind.worseByChance()).isCloseTo(1.0 / 501, within(1e-9));
    }

    @Test
    void noiseIsNoDifference() {
        PairedDifference noise = new Bootstrap(500, 1).difference(MEAN, normal(100, 7), normal(100, 8), 0.95);

        assertThat(noise.lower()).isNegative();
        assertThat(noise.worseByChance()).isGreaterThan(0.05);
    }

    @Test
    void aGainOnEachTextIsCertainThoughTheScoresAreNot() {
        List<double[]> theirs = normal(50, 3);
        List<double[]> ours =
                theirs.stream().map(count -> new double[] {count[0] + 0.1, 1}).toList();
        Bootstrap bootstrap = new Bootstrap(1000, 5);

        Interval gain = bootstrap.gain(MEAN, ours, theirs);

        assertThat(gain.low()).isCloseTo(0.1, within(1e-9));
        assertThat(gain.high()).isCloseTo(0.1, within(1e-9));
        assertThat(bootstrap.interval(MEAN, ours).low())
                .isLessThan(bootstrap.interval(MEAN, theirs).high());
    }

    @Test
    void whatIsBetterOnHalfOfTheTextsOnlyIsNotBetterBeyondChance() {
        Interval gain = Bootstrap.DEFAULT.gain(MEAN, normal(100, 3), normal(100, 4));

        assertThat(gain.low()).isNegative();
        assertThat(gain.high()).isPositive();
    }

    private static List<double[]> normal(int texts, long seed) {
        Random random = new Random(seed);
        List<double[]> counts = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            counts.add(new double[] {10 + random.nextGaussian(), 1});
        }
        return counts;
    }
}
