package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogitsProcessorTest {
    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private static List<Integer> banned(LogitsProcessor processor, int... said) {
        float[] scores = new float[10];
        processor.apply(history(said), scores);
        return IntStream.range(0, scores.length)
                .filter(token -> scores[token] == NEVER)
                .boxed()
                .toList();
    }

    /** What was said after the start token 0. */
    private static TokenHistory history(int... said) {
        TokenHistory history = new TokenHistory(0);
        IntStream.of(said).forEach(history::append);
        return history;
    }

    @Test
    void whatWasSaidGetsLessLikelyOnceHoweverOftenItWas() {
        float[] scores = {1, 3, -2, 5};

        new RepetitionPenalty(2).apply(history(1, 2, 1), scores);

        assertThat(scores).containsExactly(0.5f, 1.5f, -4, 5); // the start token counts, too
    }

    @Test
    void noNgramComesTwice() {
        assertThat(banned(new NoRepeatNgram(3), 4, 5, 6, 4, 5)).containsExactly(6);
        assertThat(banned(new NoRepeatNgram(3), 4, 5, 6, 4, 5, 7, 4, 5)).containsExactly(6, 7);
        assertThat(banned(new NoRepeatNgram(3), 4, 5, 6, 4)).isEmpty();
        assertThat(banned(new NoRepeatNgram(2), 4)).isEmpty();
        assertThat(banned(new NoRepeatNgram(1), 4, 5)).containsExactly(0, 4, 5);
    }

    @Test
    void aBannedSequenceIsNotCompleted() {
        assertThat(banned(new BannedSequence(List.of(3)))).containsExactly(3);
        assertThat(banned(new BannedSequence(List.of(3, 4)), 3)).containsExactly(4);
        assertThat(banned(new BannedSequence(List.of(3, 4)), 3, 5)).isEmpty();
        assertThat(banned(new BannedSequence(List.of(1, 2, 3, 4)))).isEmpty();
    }

    @Test
    void thereIsNoEndBeforeTheLeastLength() {
        MinLength least = new MinLength(2, List.of(1, 8));

        assertThat(banned(least, 5)).containsExactly(1, 8);
        assertThat(banned(least, 5, 6)).isEmpty();
    }

    @Test
    void aForcedTokenIsTheOnlyOneAtItsPlace() {
        ForcedToken second = new ForcedToken(1, 7);

        assertThat(banned(second)).isEmpty();
        assertThat(banned(second, 5)).hasSize(9).doesNotContain(7);
        assertThat(banned(second, 5, 7)).isEmpty();
    }

    @Test
    void whatIsForcedCountsMoreThanWhatIsBanned() {
        SpecialTokens tokens = new SpecialTokens(
                0, List.of(1), 0, OptionalInt.of(4), OptionalInt.of(1), List.of(List.of(4), List.of(1)));
        SearchRules rules = SearchRules.of(tokens, Decoding.GREEDY.withTokens(2, 2), () -> false);
        float[] first = new float[10];
        float[] last = new float[10];

        rules.process(history(), first);
        rules.process(history(4), last);

        assertThat(first[4]).isZero();
        assertThat(last[1]).isZero();
    }

    @Test
    void anEndTokenCannotBeBanned() {
        SpecialTokens tokens =
                new SpecialTokens(0, List.of(1), 0, OptionalInt.empty(), OptionalInt.empty(), List.of(List.of(1)));

        assertThat(SearchRules.of(tokens, Decoding.GREEDY, () -> false).processors())
                .isEmpty();
    }
}
