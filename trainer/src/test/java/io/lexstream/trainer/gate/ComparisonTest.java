package io.lexstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.inference.Classification;
import io.lexstream.trainer.LabeledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void theTailOfTheBinomialIsExact() {
        assertThat(Binomial.atLeast(0, 10, 0.5)).isEqualTo(1);
        assertThat(Binomial.atLeast(10, 10, 0.5)).isCloseTo(1 / 1024.0, within(1e-12));
        assertThat(Binomial.atLeast(8, 10, 0.5)).isCloseTo((45 + 10 + 1) / 1024.0, within(1e-12));
        assertThat(Binomial.atLeast(2, 3, 0.1)).isCloseTo(3 * 0.01 * 0.9 + 0.001, within(1e-12));
        assertThat(Binomial.atLeast(1100, 2000, 0.5)).isCloseTo(4.3e-6, within(0.3e-6));
    }

    @Test
    void wonAndLostRowsAreCountedAndTested() {
        Comparison comparison = compare(100, 70, 9, 1);

        assertThat(comparison.won()).isEqualTo(9);
        assertThat(comparison.lost()).isEqualTo(1);
        assertThat(comparison.p()).isCloseTo(2 * 11 / 1024.0, within(1e-9));
        assertThat(comparison.worseByChance()).isCloseTo(1 - 1 / 1024.0, within(1e-9));
    }

    @Test
    void moreRowsGiveANarrowerBound() {
        Comparison few = compare(100, 70, 5, 5);
        Comparison many = compare(2000, 1400, 100, 100);

        assertThat(few.lower()).isLessThan(-0.03);
        assertThat(many.lower()).isBetween(-0.02, 0.0);
    }

    @Test
    void theBoundHoldsAsOftenAsItSays() {
        // Both models are right on 80 % of rows, independently: the true difference is 0.
        int above = 0;
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 200; trial++) {
            List<Boolean> candidate = new ArrayList<>();
            List<Boolean> champion = new ArrayList<>();
            for (int row = 0; row < 150; row++) {
                candidate.add(random.nextDouble() < 0.8);
                champion.add(random.nextDouble() < 0.8);
            }
            above += Comparison.of(answers(candidate), answers(champion), 0.95, 200, trial)
                                    .lower()
                            > 0
                    ? 1
                    : 0;
        }

        assertThat(above).isBetween(2, 24); // 10 expected
    }

    @Test
    void kappaFallsWithTheShareOfFlippedLabels() {
        List<LabeledText> rows = new ArrayList<>();
        List<Optional<Classification>> said = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String label = i % 2 == 0 ? "a" : "b";
            boolean flipped = i % 10 < 3;
            String given = flipped ? (label.equals("a") ? "b" : "a") : label;
            rows.add(new LabeledText("text " + i, given));
            said.add(Optional.of(new Classification(label, Map.of(label, 1.0), false, 1, 0, 0)));
        }

        assertThat(Learnability.of(rows, said).kappa()).isCloseTo(0.4, within(0.01));
    }

    @Test
    void chanceExplainsTheCalibrationErrorOfAFewHonestAnswers() {
        List<Boolean> right = new ArrayList<>();
        for (int row = 0; row < 50; row++) {
            right.add(row % 5 != 0); // 80 % right at 0.8
        }

        CalibrationError honest = CalibrationError.of(answers(right), 1);
        CalibrationError boasting =
                CalibrationError.of(answers(right.stream().map(hit -> false).toList()), 1);

        assertThat(honest.excess()).isLessThan(0.02);
        assertThat(boasting.excess()).isGreaterThan(0.5);
    }

    /** @param both rows that both have right; after them those that only one has */
    private static Comparison compare(int rows, int both, int won, int lost) {
        List<Boolean> candidate = new ArrayList<>();
        List<Boolean> champion = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            boolean shared = row < both;
            candidate.add(shared || row < both + won);
            champion.add(shared || (row >= both + won && row < both + won + lost));
        }
        return Comparison.of(answers(candidate), answers(champion), 0.95, 1000, 1);
    }

    private static Answers answers(List<Boolean> right) {
        List<HeldOut.Row> rows = new ArrayList<>();
        List<Classification> said = new ArrayList<>();
        for (int row = 0; row < right.size(); row++) {
            String label = row % 2 == 0 ? "a" : "b";
            String answer = right.get(row) ? label : (row % 2 == 0 ? "b" : "a");
            rows.add(new HeldOut.Row("text " + row, label, "", ""));
            said.add(new Classification(answer, Map.of(answer, 0.8), false, 1, 0, 0));
        }
        return new Answers(rows, said);
    }
}
