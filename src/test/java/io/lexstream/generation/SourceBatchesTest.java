package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceBatchesTest {
    private static List<long[]> sources(int... lengths) {
        return Arrays.stream(lengths).mapToObj(long[]::new).toList();
    }

    private static List<List<Integer>> cut(int budget, int... lengths) {
        return new SourceBatches(Decoding.GREEDY.withBatchTokens(budget)).cut(sources(lengths));
    }

    @Test
    void everySourceIsInOneBatchAndNoBatchIsOverTheBudget() {
        Random random = new Random(5);
        for (int round = 0; round < 100; round++) {
            int budget = 1 + random.nextInt(2_000);
            int[] lengths = random.ints(random.nextInt(80), 1, 60).toArray();
            Decoding decoding = Decoding.GREEDY.withBeams(3).withBatchTokens(budget);

            List<List<Integer>> batches = new SourceBatches(decoding).cut(sources(lengths));

            assertThat(batches.stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, lengths.length).boxed().toList());
            assertThat(batches).allMatch(rows -> rows.size() == 1 || tokens(rows, lengths, decoding) <= budget);
        }
    }

    private static int tokens(List<Integer> rows, int[] lengths, Decoding decoding) {
        int longest = rows.stream().mapToInt(row -> lengths[row]).max().orElse(0);
        return rows.size() * decoding.beams() * (longest + decoding.expectedTokens(longest));
    }

    @Test
    void sourcesOfOneLengthStayTogether() {
        assertThat(cut(8192, 7, 7, 7, 7)).containsExactly(List.of(0, 1, 2, 3));
    }

    @Test
    void manyShortSourcesAreNotPaddedToALongOne() {
        int[] lengths = new int[41];
        Arrays.fill(lengths, 5);
        lengths[20] = 90;

        List<List<Integer>> batches = cut(8192, lengths);

        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).containsExactly(20);
    }

    @Test
    void aFewUnequalOnesAreWorthSomePadding() {
        assertThat(cut(8192, 9, 10, 12)).hasSize(1);
    }
}
