package io.lexstream.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    /** Four sentences of 20 to 21 characters each. */
    private static final Passage PASSAGE =
            Passage.of("The lamp is broken. Nobody has replied. The box was crushed. The lamp is damaged.");

    private static final float[] LAMP = {1, 0, 0};
    private static final float[] REPLY = {0, 1, 0};
    private static final float[] BOX = {0, 0, 1};
    private static final float[] LAMP_AGAIN = {0.9f, 0.3f, 0.2f};
    private static final List<float[]> EMBEDDINGS = List.of(LAMP, REPLY, BOX, LAMP_AGAIN);

    @Test
    void theMostWorthySentencesThatFitAreChosenInTheTextsOrder() {
        assertThat(choose(0, new LengthBudget(1, 1, 45, 9, 0), 0.2, 0.3, 0.1, 0.9))
                .containsExactly(1, 3);
    }

    @Test
    void aSentenceOfWhichHalfFitsIsTakenWholeAndThenNoMore() {
        assertThat(choose(0, new LengthBudget(1, 1, 33, 9, 0), 0.2, 0.3, 0.1, 0.9))
                .containsExactly(1, 3);
        assertThat(choose(0, new LengthBudget(1, 1, 30, 9, 0), 0.2, 0.3, 0.1, 0.9))
                .containsExactly(3);
    }

    @Test
    void whatResemblesAChosenSentenceGivesWayToSomethingNew() {
        LengthBudget two = new LengthBudget(1, 1, 1000, 2, 0);

        assertThat(choose(0, two, 0.9, 0.5, 0.4, 0.8)).containsExactly(0, 3);
        assertThat(choose(0.4, two, 0.9, 0.5, 0.4, 0.8)).containsExactly(0, 1);
    }

    @Test
    void theSameIsNeverSaidTwice() {
        Passage twice = Passage.of("It leaks badly. It works. It leaks badly.");
        SummarySettings settings = settings(0, new LengthBudget(1, 1, 1000, 3, 0));

        List<Integer> chosen = Selection.of(twice, List.of(LAMP, REPLY, LAMP), new double[] {0.9, 0.1, 0.9}, settings);

        assertThat(chosen).containsExactly(0, 1);
    }

    @Test
    void asManySentencesAsTheBudgetAllowsAreChosen() {
        assertThat(choose(0, new LengthBudget(1, 1, 1000, 3, 0), 0.2, 0.3, 0.1, 0.9))
                .containsExactly(0, 1, 3);
    }

    @Test
    void whatIsHardlyWorthQuotingIsLeftOutEvenIfThereIsRoom() {
        assertThat(choose(0, new LengthBudget(1, 1, 1000, 9, 0.25), 0.2, 0.3, 0.1, 0.9))
                .containsExactly(1, 3);
    }

    @Test
    void oneSentenceIsChosenThoughItDoesNotFit() {
        assertThat(choose(0, new LengthBudget(0.01, 1, 5, 9, 0.5), 0.2, 0.3, 0.1, 0.1))
                .containsExactly(1);
    }

    @Test
    void aTextNoLongerThanTheLeastLengthIsItsOwnSummary() {
        SummarySettings settings = settings(0, new LengthBudget(0.5, 40, 60, 3, 0));

        assertThat(Selection.isShort(Passage.of("It leaks. Send it back."), settings))
                .isTrue();
        assertThat(Selection.isShort(PASSAGE, settings)).isFalse();
        assertThat(Selection.isShort(Passage.of("It leaks from the lid when it is more than half full"), settings))
                .isTrue();
    }

    private static List<Integer> choose(double novelty, LengthBudget budget, double... worth) {
        return Selection.of(PASSAGE, EMBEDDINGS, worth, settings(novelty, budget));
    }

    private static SummarySettings settings(double novelty, LengthBudget prose) {
        return new SummarySettings(1, novelty, prose, new LengthBudget(1, 1, 1, 1, 0));
    }
}
