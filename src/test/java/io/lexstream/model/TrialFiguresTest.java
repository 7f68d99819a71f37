package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lexstream.model.TrialFigures.Guard;
import io.lexstream.model.TrialFigures.Trip;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrialFiguresTest {
    private static final TrialLimits LIMITS = new TrialLimits(100, 0.02, 3.0, 0.25, 0.3);

    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void aGoodChallengerTripsNothing() {
        assertThat(figures(100, 2, 30, 3.0, 1.0, 50, 60).trips(LIMITS)).isEmpty();
    }

    @Test
    void eachGuardTripsAboveItsLimitAndSaysWhy() {
        assertThat(figures(100, 3, 0, 1, 1, 50, 50).trips(LIMITS))
                .contains(new Trip(
                        Guard.ERRORS,
                        "it fails on 3 of 100 texts that the champion can read; trial.max.error.ratio is 0.02"));
        assertThat(figures(100, 0, 31, 1, 1, 50, 50).trips(LIMITS).map(Trip::guard))
                .contains(Guard.DISAGREEMENT);
        assertThat(figures(100, 0, 0, 3.1, 1, 50, 50).trips(LIMITS).map(Trip::guard))
                .contains(Guard.LATENCY);
        assertThat(figures(100, 0, 30, 1, 1, 95, 65).trips(LIMITS).map(Trip::guard))
                .contains(Guard.LABEL_SHIFT);
    }

    @Test
    void whatIsJudgedByItsShareWaitsForEnoughResults() {
        assertThat(figures(99, 0, 0, 1000, 1, 99, 0).trips(LIMITS)).isEmpty();
    }

    @Test
    void whatNoFurtherResultCouldMakeGoodDoesNotWait() {
        assertThat(figures(2, 2, 0, 1, 1, 0, 0).trips(LIMITS)).isEmpty();
        assertThat(figures(3, 3, 0, 1, 1, 0, 0).trips(LIMITS).map(Trip::guard)).contains(Guard.ERRORS);
        assertThat(figures(31, 0, 31, 1, 1, 0, 31).trips(LIMITS).map(Trip::guard))
                .contains(Guard.DISAGREEMENT);
    }

    @Test
    void figuresComeBackFromAStatusRecordAndAddUp() {
        TrialFigures one = figures(100, 2, 30, 2.5, 1.5, 40, 60);

        TrialFigures both = TrialFigures.of(one.toMap(BEGUN)).plus(one);

        assertThat(both.results()).isEqualTo(200);
        assertThat(both.errors()).isEqualTo(4);
        assertThat(both.disagreements()).isEqualTo(60);
        assertThat(both.seconds()).isEqualTo(5.0);
        assertThat(both.labels()).containsEntry("spam", 80L);
        assertThat(both.championLabels()).containsEntry("spam", 120L);
        assertThat(TrialFigures.since(one.toMap(BEGUN))).contains(BEGUN);
        assertThat(TrialFigures.since(Map.of())).isEmpty();
        assertThat(one.plus(TrialFigures.NONE)).isEqualTo(one);
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TrialLimits(0, 0.1, 3, 0.25, 0.3));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrialLimits(10, 1.1, 3, 0.25, 0.3));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrialLimits(10, 0.1, Double.NaN, 0.25, 0.3));
    }

    private static TrialFigures figures(
            long results,
            long errors,
            long disagreements,
            double seconds,
            double championSeconds,
            long spam,
            long championSpam) {
        return new TrialFigures(
                results,
                errors,
                0,
                disagreements,
                seconds,
                championSeconds,
                labels(results, spam),
                labels(results, championSpam));
    }

    private static SortedMap<String, Long> labels(long texts, long spam) {
        SortedMap<String, Long> labels = new TreeMap<>();
        labels.put("spam", spam);
        labels.put("ham", texts - spam);
        return labels;
    }
}
