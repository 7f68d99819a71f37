package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    /**
     *
     *
     * <pre>
     * right \ said   a  b  c
     * a              4  1  0
     * b              2  2  0
     * c              1  0  0
     * </pre>
     */
    private static ClassificationReport byHand() {
        List<Scored> scored = new ArrayList<>();
        add(scored, 4, "a", "a");
        add(scored, 1, "a", "b");
        add(scored, 2, "b", "a");
        add(scored, 2, "b", "b");
        add(scored, 1, "c", "a");
        return ClassificationMetrics.measure("hand", 3, List.of("a", "b", "c"), scored);
    }

    @Test
    void countsRightsAndWrongs() {
        ClassificationReport report = byHand();

        assertThat(report.rows()).isEqualTo(10);
        assertThat(report.skipped()).isEqualTo(3);
        assertThat(report.accuracy()).isEqualTo(0.6);
        assertThat(report.confusion())
                .containsEntry("a", Map.of("a", 4, "b", 1, "c", 0))
                .containsEntry("b", Map.of("a", 2, "b", 2, "c", 0))
                .containsEntry("c", Map.of("a", 1, "b", 0, "c", 0));
    }

    @Test
    void scoresEachLabelAndTheirMean() {
        ClassificationReport report = byHand();

        ClassificationReport.LabelScore a = report.perLabel().get("a");
        assertThat(a).isNotNull();
        assertThat(a.precision()).isCloseTo(4 / 7.0, EXACT);
        assertThat(a.recall()).isCloseTo(4 / 5.0, EXACT);
        assertThat(a.f1()).isCloseTo(8 / 12.0, EXACT); // 2 x 4 / (2 x 4 + 3 + 1)
        assertThat(a.support()).isEqualTo(5);
        assertThat(report.perLabel().get("c")).isEqualTo(new ClassificationReport.LabelScore(0, 0, 0, 1));
        assertThat(report.macroF1()).isCloseTo((8 / 12.0 + 4 / 7.0 + 0) / 3, EXACT);
    }

    @Test
    void theBaselineAlwaysNamesTheMostFrequentLabel() {
        ClassificationReport.Baseline baseline = byHand().baseline();

        assertThat(baseline.label()).isEqualTo("a");
        assertThat(baseline.accuracy()).isEqualTo(0.5);
        assertThat(baseline.macroF1()).isCloseTo((2 * 0.5 / 1.5) / 3, EXACT);
    }

    @Test
    void theCalibrationErrorIsTheGapBetweenConfidenceAndAccuracyBinByBin() {
        // Two bins of fifteen: four rows at 0.9 of which three are right, one wrong row at 0.5.
        List<Scored> scored = List.of(
                new Scored("a", "a", 0.9),
                new Scored("a", "a", 0.9),
                new Scored("b", "b", 0.9),
                new Scored("a", "b", 0.9),
                new Scored("b", "a", 0.5));

        ClassificationReport report = ClassificationMetrics.measure("ece", 0, List.of("a", "b"), scored);

        assertThat(report.ece()).isCloseTo(4 / 5.0 * Math.abs(0.75 - 0.9) + 1 / 5.0 * Math.abs(0 - 0.5), EXACT);
    }

    @Test
    void certaintyFallsIntoTheLastBin() {
        List<Scored> scored = List.of(new Scored("a", "a", 1.0), new Scored("b", "b", 1.0));

        assertThat(ClassificationMetrics.measure("sure", 0, List.of("a", "b"), scored)
                        .ece())
                .isZero();
    }

    private static void add(List<Scored> scored, int times, String right, String said) {
        scored.addAll(Collections.nCopies(times, new Scored(right, said, 0.5)));
    }
}
