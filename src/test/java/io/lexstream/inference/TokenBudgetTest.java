package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    @Test
    void noBatchIsOverTheBudgetUnlessItIsOneText() {
        RandomGenerator random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int budget = 1 + random.nextInt(2_000);
            int[] lengths = random.ints(random.nextInt(130), 0, 600).toArray();

            List<List<Integer>> batches = new TokenBudget(budget).cut(lengths);

            assertThat(batches).allMatch(rows -> rows.size() == 1 || paddedTokens(rows, lengths) <= budget);
            assertThat(batches.stream().flatMap(List::stream))
                    .hasSize(lengths.length)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shortTextsComeFirstAndEqualOnesInTheirOrder() {
        int[] lengths = {50, 3, 50, 700, 3, 50};

        List<List<Integer>> batches = new TokenBudget(100).cut(lengths);

        assertThat(batches).containsExactly(List.of(1, 4), List.of(0, 2), List.of(5), List.of(3));
    }

    @Test
    void aShortTextIsNotPaddedToALongOne() {
        int[] lengths = {10, 11, 300, 12, 310};

        List<List<Integer>> batches = new TokenBudget(4096).cut(lengths);

        assertThat(batches).containsExactly(List.of(0, 1, 3), List.of(2, 4));
    }

    @Test
    void veryShortTextsAreWorthSomePadding() {
        int[] lengths = {2, 5, 8};

        assertThat(new TokenBudget(1024).cut(lengths)).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void noOtherCutIsCheaper() {
        RandomGenerator random = new Random(11);
        for (int round = 0; round < 200; round++) {
            int[] lengths = random.ints(1 + random.nextInt(9), 1, 120).toArray();

            List<List<Integer>> batches = new TokenBudget(256).cut(lengths);

            assertThat(cost(batches, lengths)).isEqualTo(cheapestOfAllCuts(lengths));
        }
    }

    @Test
    void aTextAsLongAsCanBeIsStillABatch() {
        int[] lengths = {Integer.MAX_VALUE, 1, Integer.MAX_VALUE, 0};

        List<List<Integer>> batches = new TokenBudget(1024).cut(lengths);

        assertThat(batches).containsExactly(List.of(3, 1), List.of(0), List.of(2));
    }

    private static long paddedTokens(List<Integer> rows, int[] lengths) {
        return (long) rows.size()
                * rows.stream().mapToInt(row -> lengths[row]).max().orElse(0);
    }

    private static long cost(List<List<Integer>> batches, int[] lengths) {
        return batches.stream()
                .mapToLong(rows -> paddedTokens(rows, lengths) + 256 / 32)
                .sum();
    }

    /** Tries each of the 2^(n-1) ways to cut the sorted texts. */
    private static long cheapestOfAllCuts(int[] lengths) {
        int[] sorted = Arrays.stream(lengths).sorted().toArray();
        long cheapest = Long.MAX_VALUE;
        for (int cuts = 0; cuts < 1 << (sorted.length - 1); cuts++) {
            List<List<Integer>> batches = new ArrayList<>();
            List<Integer> batch = new ArrayList<>();
            for (int i = 0; i < sorted.length; i++) {
                batch.add(i);
                if (i == sorted.length - 1 || (cuts >> i & 1) == 1) {
                    batches.add(batch);
                    batch = new ArrayList<>();
                }
            }
            if (batches.stream().allMatch(rows -> rows.size() == 1 || paddedTokens(rows, sorted) <= 256)) {
                cheapest = Math.min(cheapest, cost(batches, sorted));
            }
        }
        return cheapest;
    }
}
