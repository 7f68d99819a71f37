package io.lexstream.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int[] LENGTHS = {9, 2, 40, 3, 8};

    @Test
    void sortedBatchesOfACountHaveTextsOfLikeLength() {
        assertThat(Batches.sortedFixed(LENGTHS, 2)).containsExactly(List.of(1, 3), List.of(4, 0), List.of(2));
        assertThat(Batches.sortedFixed(LENGTHS, 1)).hasSize(5);
        assertThat(Batches.sortedFixed(LENGTHS, 32)).hasSize(1);
    }

    @Test
    void sortedBatchesOfABudgetAreNotOverIt() {
        assertThat(Batches.sorted(LENGTHS, 20)).containsExactly(List.of(1, 3), List.of(4, 0), List.of(2));
    }
}
