package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateScheduleTest {
    private static final RateSchedule RATES = new RateSchedule(1e-3, 100, 0.25);

    @Test
    void itRisesThenFallsWithTheRootOfTheSteps() {
        assertThat(RATES.at(50, 0)).isCloseTo(5e-4, within(1e-12));
        assertThat(RATES.at(100, 0)).isCloseTo(1e-3, within(1e-12));
        assertThat(RATES.at(400, 0.5)).isCloseTo(5e-4, within(1e-12));
    }

    @Test
    void itFallsToZeroInTheLastPartHoweverManyStepsThereWere() {
        assertThat(RATES.at(400, 0.75)).isCloseTo(5e-4, within(1e-12));
        assertThat(RATES.at(400, 0.875)).isCloseTo(2.5e-4, within(1e-12));
        assertThat(RATES.at(400, 1)).isZero();
        assertThat(RATES.at(30, 1.2)).isZero();
    }
}
