package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void chanceIsTheExactSignTest() {
        assertThat(new Agreement(100, 5, 0).behindByChance()).isCloseTo(1 / 32.0, within(1e-12));
        assertThat(new Agreement(100, 8, 2).behindByChance()).isCloseTo(56 / 1024.0, within(1e-12));
        assertThat(new Agreement(100, 0, 0).behindByChance()).isEqualTo(1);
        assertThat(new Agreement(4000, 1200, 800).behindByChance()).isLessThan(1e-9);
    }

    @Test
    void numbersThatContradictEachOtherAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Agreement(3, 2, 2));
    }
}
