package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplerTest {
    /** Probabilities 0.1, 0.5, 0, 0.3, 0.1. */
    private static final float[] SCORES = {log(0.1), log(0.5), Float.NEGATIVE_INFINITY, log(0.3), log(0.1)};

    private static final int DRAWS = 20_000;

    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    private static double[] shares(Sampling sampling) {
        Sampler sampler = new Sampler(sampling, new SplittableRandom(sampling.seed()));
        double[] shares = new double[SCORES.length];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.next(SCORES.clone())] += 1.0 / DRAWS;
        }
        return shares;
    }

    @Test
    void tokensAreDrawnByTheirProbability() {
        assertThat(shares(new Sampling(1, 0, 1, 1)))
                .containsExactly(new double[] {0.1, 0.5, 0, 0.3, 0.1}, within(0.02));
    }

    @Test
    void onlyTheLikeliestAreDrawn() {
        assertThat(shares(new Sampling(1, 2, 1, 1)))
                .containsExactly(new double[] {0, 0.625, 0, 0.375, 0}, within(0.02));
        assertThat(shares(new Sampling(1, 3, 1, 1))[4]).isZero(); // of equal ones the first
    }

    @Test
    void onlyThoseThatTogetherHaveTheProbabilityAreDrawn() {
        assertThat(shares(new Sampling(1, 0, 0.79, 1)))
                .containsExactly(new double[] {0, 0.625, 0, 0.375, 0}, within(0.02));
        assertThat(shares(new Sampling(1, 0, 0.01, 1))[1]).isCloseTo(1, within(1e-9));
    }

    @Test
    void aLowTemperatureFavoursTheLikeliest() {
        double[] shares = shares(new Sampling(0.5, 0, 1, 1)); // squares: 0.01, 0.25, 0.09, 0.01 of 0.36

        assertThat(shares[1]).isCloseTo(0.25 / 0.36, within(0.02));
        assertThat(shares[3]).isCloseTo(0.09 / 0.36, within(0.02));
    }
}
