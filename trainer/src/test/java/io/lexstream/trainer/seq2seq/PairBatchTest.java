package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.trainer.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairBatchTest {
    private static final int BUDGET = 120;

    @Test
    void anEpochHasEveryPairOnceInBatchesWithinTheBudget() {
        List<TokenPair> pairs = pairs(300);

        List<PairBatch> batches = PairBatch.epoch(List.of(new WeightedPairs("a", 1, pairs)), BUDGET, 1);

        assertThat(batches.stream().flatMap(batch -> batch.pairs().stream()))
                .containsExactlyInAnyOrderElementsOf(pairs);
        assertThat(batches)
                .allSatisfy(batch -> assertThat(batch.rows() * (batch.longestSource() + batch.longestTarget()))
                        .isLessThanOrEqualTo(BUDGET));
        long padded = batches.stream()
                .mapToLong(batch -> (long) batch.rows() * (batch.longestSource() + batch.longestTarget()))
                .sum();
        assertThat(padded)
                .as("like lengths go together")
                .isLessThan(13 * pairs.stream().mapToLong(TokenPair::tokens).sum() / 10);
    }

    @Test
    void theOrderFollowsFromTheSeedAndDiffersByEpoch() {
        List<WeightedPairs> data = List.of(new WeightedPairs("a", 1, pairs(100)));

        assertThat(PairBatch.epoch(data, BUDGET, 1)).isEqualTo(PairBatch.epoch(data, BUDGET, 1));
        assertThat(PairBatch.epoch(data, BUDGET, 2)).isNotEqualTo(PairBatch.epoch(data, BUDGET, 1));
    }

    @Test
    void aWeightSaysHowOftenAPairComes() {
        WeightedPairs often = new WeightedPairs("a", 2.5, pairs(400));
        WeightedPairs seldom = new WeightedPairs("b", 0.25, pairs(400));

        int rows = PairBatch.epoch(List.of(often, seldom), BUDGET, 1).stream()
                .mapToInt(PairBatch::rows)
                .sum();

        assertThat(rows).isBetween(1050, 1150);
    }

    @Test
    void theDecoderReadsWhatStandsBeforeEachLabel() {
        TokenPair one = new TokenPair(new int[] {10, 11, 2}, new int[] {20, 21, 22, 2});
        TokenPair two = new TokenPair(new int[] {12, 2}, new int[] {23, 2});

        PairBatch batch = new PairBatch(List.of(one, two));

        assertThat(batch.sourceIds(Vocabulary.PAD)).containsExactly(10, 11, 2, 12, 2, Vocabulary.PAD);
        assertThat(batch.sourceMask()).containsExactly(1, 1, 1, 1, 1, 0);
        assertThat(batch.sourceIds(7)).containsExactly(10, 11, 2, 12, 2, 7);
        assertThat(batch.decoderIds(5, 7)).containsExactly(5, 20, 21, 22, 5, 23, 7, 7);
        assertThat(batch.decoderIds(Vocabulary.START, Vocabulary.PAD))
                .containsExactly(Vocabulary.START, 20, 21, 22, Vocabulary.START, 23, Vocabulary.PAD, Vocabulary.PAD);
        assertThat(batch.labelPositions()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(batch.labels()).containsExactly(20, 21, 22, 2, 23, 2);
    }

    private static List<TokenPair> pairs(int count) {
        Random random = new Random(count);
        List<TokenPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(15);
            int[] target = new int[length];
            target[0] = i; // tells it from the others
            pairs.add(new TokenPair(new int[length + random.nextInt(3)], target));
        }
        return pairs;
    }
}
