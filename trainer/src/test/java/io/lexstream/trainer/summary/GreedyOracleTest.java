package io.lexstream.trainer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.summary.Passage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GreedyOracleTest {
    private static final Passage PASSAGE = Passage.of(
            "Hello there. The lamp arrived broken on Monday. I have called three times. Please send a new lamp.");

    @Test
    void sentencesThatSayWhatTheReferenceSaysAreQuoted() {
        assertThat(GreedyOracle.of(PASSAGE, "The lamp arrived broken. Send a new lamp."))
                .containsExactly(1, 3);
        assertThat(GreedyOracle.of(PASSAGE, "Called three times.")).containsExactly(2);
    }

    @Test
    void nothingIsQuotedForAReferenceOfOtherWords() {
        assertThat(GreedyOracle.of(PASSAGE, "Umbrellas everywhere")).isEmpty();
    }

    @Test
    void noOtherSentenceWouldHaveRaisedTheScore() {
        String reference = "A broken lamp arrived and three calls were made to get a new one.";
        List<Integer> chosen = GreedyOracle.of(PASSAGE, reference);
        double score = GreedyOracle.score(PASSAGE.quote(chosen), reference);

        for (int i = 0; i < PASSAGE.sentences().size(); i++) {
            List<Integer> more = Stream.concat(chosen.stream(), Stream.of(i))
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(GreedyOracle.score(PASSAGE.quote(more), reference)).isLessThanOrEqualTo(score);
        }
    }

    @Test
    void theScoreIsTheMeanOfRouge1AndRougeL() {
        // Words: 2 of 2 in common; in order: 1 of 2.
        assertThat(GreedyOracle.score("one two", "two one")).isCloseTo(0.75, within(1e-12));
    }
}
