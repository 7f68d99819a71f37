package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.runtime.InferenceException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogProbabilitiesTest {
    @Test
    void theFastExponentialIsExactToAboutAFloat() {
        for (float x = -87; x <= 0; x += 0.0137f) {
            double exact = Math.exp(x);
            assertThat((double) LogProbabilities.exp(x)).isCloseTo(exact, within(4e-6 * exact));
        }
        assertThat(LogProbabilities.exp(0)).isEqualTo(1);
        assertThat(LogProbabilities.exp(-1000)).isZero();
    }

    @Test
    void probabilitiesSumToOneWhereverTheLogitsLie() {
        for (double offset : new double[] {0, 300, -3000}) {
            float[] scores = new float[32_000];
            Random random = new Random(4);
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (offset + 5 * random.nextGaussian());
            }
            scores[7] = Float.NEGATIVE_INFINITY;

            LogProbabilities.normalise(scores);

            double sum = 0;
            for (float score : scores) {
                sum += Math.exp(score);
            }
            assertThat(sum).isCloseTo(1, within(2e-4));
            assertThat(scores[7]).isEqualTo(Float.NEGATIVE_INFINITY);
        }
    }

    @Test
    void whatIsNoNumberIsNotGuessedAt() {
        assertThatThrownBy(() -> LogProbabilities.normalise(new float[] {1, Float.NaN, 2}))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> LogProbabilities.normalise(new float[] {1, Float.POSITIVE_INFINITY}))
                .hasMessageContaining("Infinity");
    }

    @Test
    void nothingPossibleStaysNothingPossible() {
        float[] scores = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};

        LogProbabilities.normalise(scores);

        assertThat(scores).containsOnly(Float.NEGATIVE_INFINITY);
    }
}
