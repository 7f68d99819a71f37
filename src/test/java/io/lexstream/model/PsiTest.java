package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PsiTest {
    @Test
    void equalHistogramsAreNotApart() {
        assertThat(Psi.of(List.of(10L, 20L, 30L), List.of(10L, 20L, 30L))).isZero();
    }

    @Test
    void aShiftIsTheSumOfTheFormula() {
        double expected = (0.3 - 0.5) * Math.log(0.3 / 0.5) + (0.7 - 0.5) * Math.log(0.7 / 0.5);

        assertThat(Psi.of(List.of(500_000L, 500_000L), List.of(300_000L, 700_000L)))
                .isCloseTo(expected, within(1e-5));
    }

    @Test
    void anEmptyBinGivesAFiniteNumber() {
        assertThat(Psi.of(List.of(1000L, 0L), List.of(0L, 1000L))).isBetween(5.0, 20.0);
    }

    @Test
    void aSmallSampleOfTheSameSharesIsNotApart() {
        assertThat(Psi.of(List.of(5000L, 5000L, 0L, 0L, 0L, 0L), List.of(50L, 50L, 0L, 0L, 0L, 0L)))
                .isZero();
        assertThat(Psi.of(List.of(0L), List.of(0L))).isZero();
    }

    @Test
    void chanceGivesWhatTheorySays() {
        Random random = new Random(7);
        double sum = 0;
        for (int run = 0; run < 200; run++) {
            sum += Psi.of(sample(random, 1000), sample(random, 1000));
        }

        assertThat(sum / 200).isCloseTo(9 * (1 / 1000.0 + 1 / 1000.0), within(0.002));
    }

    @Test
    void histogramsOfDifferentBinsAreRefused() {
        assertThatThrownBy(() -> Psi.of(List.of(1L), List.of(1L, 2L))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> sample(Random random, int texts) {
        long[] counts = new long[10];
        for (int i = 0; i < texts; i++) {
            counts[random.nextInt(10)]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }
}
