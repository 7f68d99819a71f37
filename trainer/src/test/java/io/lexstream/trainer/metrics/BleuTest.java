package io.lexstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Published values: sacreBLEU's own tests (github.com/mjpost/sacrebleu) and the examples of huggingface/evaluate. */
class BleuTest {
    private static final List<String> HYPOTHESES =
            List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");

    @Test
    void equalsTheExampleOfSacreBleusReadMeWithTwoReferences() {
        // test/test_bleu.py, test_corpus_bleu_cases: 48.530827
        assertThat(new Bleu().score(twoReferences(HYPOTHESES))).isCloseTo(0.48530827, within(1e-8));
    }

    @Test
    void emptyTextsScoreNothingAndAreNotLeftOut() {
        assertThat(new Bleu().score(twoReferences(List.of("", "", "")))).isZero();
        assertThat(new Bleu().score(List.<Segment>of())).isZero();
    }

    @Test
    void equalsSacreBleusScoreOfASentenceWithoutALongMatch() {
        // test/test_sentence_bleu.py, ('exp', None, False, '13a', 8.493): smoothing decides
        double bleu = Bleu.of(
                List.of("Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;"),
                List.of("producţia de zahăr brut se exprimă în zahăr alb;"));

        assertThat(bleu).isCloseTo(0.08493, within(1e-5));
    }

    @Test
    void nothingInCommonScoresNothingHoweverItIsSmoothed() {
        // test/test_sentence_bleu.py, test_cases_zero_bleu
        assertThat(Bleu.of(List.of("this is a cat"), List.of("okay thanks"))).isZero();
    }

    @Test
    void countsWhatSacreBleuCounts() {
        // test/test_bleu.py, test_case_statistics: common [4, 2, 1, 0], total [6, 5, 4, 3]
        double[] counts =
                new Bleu().counts(new Segment("", "am I am a character sequence", "I am a symbol string sequence a a"));

        assertThat(counts).containsExactly(4, 2, 1, 0, 6, 5, 4, 3, 6, 8);
    }

    @Test
    void scoresCountsAsSacreBleuDoes() {
        // test/test_bleu.py, test_case_scoring: 0.8375922397
        double[] counts = {9, 7, 5, 3, 10, 8, 6, 4, 11, 11};

        assertThat(new Bleu().score(counts)).isCloseTo(0.8375922397, within(1e-9));
    }

    @Test
    void theReferenceNearestInLengthIsTheLengthExpected() {
        // huggingface/evaluate, metrics/sacrebleu/README.md: 39.76353643835252, sys_len 10, ref_len 7
        List<Segment> segments = List.of(
                new Segment("", "hello there general kenobi", List.of("hello there general kenobi", "hello there !")),
                new Segment("", "on our way to ankh morpork", List.of("goodbye ankh morpork", "ankh morpork")));

        assertThat(CorpusMetric.sum(new Bleu().countsOf(segments))).containsExactly(6, 4, 2, 1, 10, 8, 6, 4, 10, 7);
        assertThat(new Bleu().score(segments)).isCloseTo(0.3976353643835252, within(1e-12));
    }

    @Test
    void textsTooShortForFourWordsScoreNothing() {
        assertThat(Bleu.of(List.of("a test"), List.of("a test"))).isZero();
        assertThat(Bleu.of(List.of("this is a test"), List.of("this is a test")))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void aTextWithoutItsReferenceIsRefused() {
        assertThatThrownBy(() -> Bleu.of(List.of("a", "b"), List.of("a"))).hasMessage("2 hypotheses, but 1 references");
    }

    private static List<Segment> twoReferences(List<String> hypotheses) {
        List<String> first = List.of("The dog bit the man.", "It was not unexpected.", "The man bit him first.");
        List<String> second =
                List.of("The dog had bit the man.", "No one was surprised.", "The man had bitten the dog.");
        return List.of(
                new Segment("", hypotheses.get(0), List.of(first.get(0), second.get(0))),
                new Segment("", hypotheses.get(1), List.of(first.get(1), second.get(1))),
                new Segment("", hypotheses.get(2), List.of(first.get(2), second.get(2))));
    }
}
