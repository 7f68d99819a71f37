package io.lexstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Published values: huggingface/evaluate (which runs sacreBLEU 2) and sacreBLEU's own tests. */
class ChrFTest {
    private static final List<String> HYPOTHESES = List.of(
            "The relationship between cats and dogs is not exactly friendly.",
            "a good bookshop is just a genteel black hole that knows how to read.");
    private static final List<String> REFERENCES = List.of(
            "The relationship between dogs and cats is not exactly friendly.",
            "A good bookshop is just a genteel Black Hole that knows how to read.");

    @Test
    void equalsTheExampleOfHuggingFaceEvaluate() {
        // huggingface/evaluate, metrics/chrf/README.md: 84.64214891738334
        assertThat(ChrF.of(HYPOTHESES, REFERENCES)).isCloseTo(0.8464214891738334, within(1e-12));
    }

    @Test
    void equalsSacreBleusTestsOfTheEffectiveOrder() {
        // mjpost/sacrebleu, test/test_chrf.py, test_cases_effective_order, which has beta = 3
        assertThat(chrF3("a", "a")).isEqualTo(1);
        assertThat(chrF3("", "reference")).isZero();
        assertThat(chrF3("a b c", "a b c")).isEqualTo(1);
        assertThat(chrF3("a b c", "abc")).isEqualTo(1);
        assertThat(chrF3("", "c")).isZero();
        assertThat(chrF3("aa", "ab")).isCloseTo(0.25, within(1e-12));
        assertThat(new ChrF(3).score(Segment.of(List.of("a", "b"), List.of("a", "c"))))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void ofSeveralReferencesTheMostSimilarOneCounts() {
        List<Segment> one = List.of(new Segment("", HYPOTHESES.get(0), REFERENCES.get(0)));
        List<Segment> two = List.of(new Segment("", HYPOTHESES.get(0), List.of("Nothing like it", REFERENCES.get(0))));

        assertThat(new ChrF().score(two)).isEqualTo(new ChrF().score(one));
    }

    @Test
    void anEmojiIsOneCharacter() {
        assertThat(new ChrF().counts(new Segment("", "😀😀", "😀"))).startsWith(2, 1, 1, 0, 0, 0);
    }

    private static double chrF3(String hypothesis, String reference) {
        return new ChrF(3).score(Segment.of(List.of(hypothesis), List.of(reference)));
    }
}
