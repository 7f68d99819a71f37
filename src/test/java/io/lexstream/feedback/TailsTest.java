package io.lexstream.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Against values that are known, or can be had by hand. */
class TailsTest {
    @Test
    void ofAPoissonCount() {
        assertThat(Tails.ofCount(0, 2, 2)).isEqualTo(1);
        assertThat(Tails.ofCount(1, 2, 2)).isCloseTo(1 - Math.exp(-2), within(1e-12));
        assertThat(Tails.ofCount(3, 2, 2)).isCloseTo(1 - 5 * Math.exp(-2), within(1e-12));
        assertThat(Tails.ofCount(20, 2, 2))
                .isCloseTo(Math.exp(-2) * Math.pow(2, 20) / 2432902008176640000.0, Percentage.withPercentage(11));
    }

    @Test
    void ofAnOverdispersedCount() {
        // Mean 2, variance 4: size 2, probability 1/2; P(0) = 1/4, P(1) = 1/4.
        assertThat(Tails.ofCount(1, 2, 4)).isCloseTo(0.75, within(1e-12));
        assertThat(Tails.ofCount(2, 2, 4)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void ofAShare() {
        // Beta(1, 1): every count is equally likely.
        assertThat(Tails.ofShare(8, 9, 1, 1)).isCloseTo(0.2, within(1e-12));
        // A share that is known for sure: binomial.
        assertThat(Tails.ofShare(2, 2, 5e6, 5e6)).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void theLogarithmOfTheGammaFunction() {
        assertThat(Tails.logGamma(11)).isCloseTo(Math.log(3628800), within(1e-10));
        assertThat(Tails.logGamma(0.5)).isCloseTo(Math.log(Math.sqrt(Math.PI)), within(1e-10));
        assertThat(Tails.logGamma(1e-6)).isCloseTo(Math.log(1e6), within(1e-5));
    }
}
