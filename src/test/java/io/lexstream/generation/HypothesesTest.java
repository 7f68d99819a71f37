package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HypothesesTest {
    private static final Decoding TWO = Decoding.GREEDY.withBeams(2).withTokens(0, 10);

    private static Hypotheses with(Decoding decoding, double... logProbabilities) {
        Hypotheses hypotheses = new Hypotheses(decoding);
        int token = 1;
        for (double logProbability : logProbabilities) {
            TokenHistory history = new TokenHistory(0);
            history.append(token++);
            hypotheses.add(history, logProbability, 2, StopReason.END);
        }
        return hypotheses;
    }

    @Test
    void aScoreIsTheLogProbabilityByTheLengthToThePenalty() {
        assertThat(with(TWO.withLengthPenalty(2), -8).best().score()).isEqualTo(-2);
        assertThat(with(TWO.withLengthPenalty(0), -8).best().score()).isEqualTo(-8);
    }

    @Test
    void theWorstMakesPlaceForABetterOne() {
        assertThat(with(TWO, -5, -3, -4).best().tokens()).isEqualTo(List.of(2));
        assertThat(with(TWO, -5, -3, -4).areComplete(-4.5, 2)).isTrue(); // -5 has gone
        assertThat(with(TWO, -5, -3).areComplete(-4.5, 2)).isFalse();
    }

    @Test
    void fewerThanBeamsAreNeverComplete() {
        assertThat(with(TWO.withEarlyStopping(EarlyStopping.FIRST), -1).areComplete(-100, 3))
                .isFalse();
    }

    @Test
    void stoppingEarlyDoesNotLookAtOpenBeams() {
        assertThat(with(TWO.withEarlyStopping(EarlyStopping.FIRST), -5, -6).areComplete(-0.1, 3))
                .isTrue();
    }

    @Test
    void theHeuristicTakesTheOpenBeamAsIfItEndedNow() {
        Hypotheses hypotheses = with(TWO, -5, -6); // the worst scores -3

        assertThat(hypotheses.areComplete(-8, 3)).isFalse();
        assertThat(hypotheses.areComplete(-9, 3)).isTrue();
    }

    @Test
    void neverStoppingEarlyTakesItAsIfItGotAsLongAsItCanForNothing() {
        Hypotheses hypotheses = with(TWO.withEarlyStopping(EarlyStopping.NEVER), -5, -6);

        assertThat(hypotheses.areComplete(-29, 3)).isFalse(); // -29 / 10 would win
        assertThat(hypotheses.areComplete(-31, 3)).isTrue();
    }
}
