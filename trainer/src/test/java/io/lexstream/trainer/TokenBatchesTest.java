package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBatchesTest {
    @Test
    void rowsComeLongestFirstInBatchesWithinTheBudget() {
        assertThat(TokenBatches.cut(new int[] {3, 9, 4, 2, 3}, 9))
                .containsExactly(List.of(1), List.of(2, 0), List.of(4, 3));
    }

    @Test
    void aRowOverTheBudgetRunsAlone() {
        assertThat(TokenBatches.cut(new int[] {50, 1}, 10)).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void noRowsMakeNoBatch() {
        assertThat(TokenBatches.cut(new int[0], 10)).isEmpty();
    }
}
