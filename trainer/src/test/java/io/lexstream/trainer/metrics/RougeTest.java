package io.lexstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Published values: the tests of Google's rouge_score (github.com/google-research/google-research, rouge/), whose texts
 * and figures come from runs of ROUGE-1.5.5, and the example in Lin 2004.
 */
class RougeTest {
    // rouge/testdata/target.txt and prediction.txt
    private static final List<String> TARGETS = List.of(
            "ZfbCUIUuePaiLVUlCaUXxkpu XPeWing tUHfPMuZ',-Xd Y BrUgVJing M-HV.-DgdDaY.rFDJCRing Ht-LM EKBDXkME,yz'RBr"
                    + " q'wtion wIojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxer tKM L",
            "KsJdPByEtAor fE-Qg Dpdbring cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMtion psing sbKao Q m qiing LMmer"
                    + " HqqLFXe,XPY,J XsurkMer ,ed nB'wH'bWVHjWFEing tQ.saefZwJtKrTlixYpMMsJing UCAPwNHeYVjDing c T"
                    + " BUySKtion gMPfJpwGw p'NvxAoping eu pBwMBKV'I DNxqelhu,PHPxDEq,mtion SN");
    private static final List<String> PREDICTIONS = List.of(
            "rFDJCRtion Ht-LM EKtDXkME,yz'RBr q'wer wrojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxi",
            "n cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMer pstion sbKao Q m qier LMmed HqqLFXe,XPY,J XsurkMeo ,ed"
                    + " nB'wH'bWVHjWFEer tQ.saefZwJtKrTlixYpMMNJtion UCAPwNHeYVjD");

    @Test
    void rouge1AgreesWithRouge155() {
        // testRouge1AgainstRouge155
        expect(Rouge.ONE, 0, 0.68750, 0.40741, 0.51163);
        expect(Rouge.ONE, 1, 0.65385, 0.40476, 0.50000);
    }

    @Test
    void rouge2AgreesWithRouge155() {
        // testRouge2AgainstRouge155
        expect(Rouge.TWO, 0, 0.53333, 0.30769, 0.39024);
        expect(Rouge.TWO, 1, 0.48000, 0.29268, 0.36364);
    }

    @Test
    void rougeLAgreesWithRouge155() {
        // testRougeLAgainstRouge155
        expect(Rouge.L, 0, 0.68750, 0.40741, 0.51163);
        expect(Rouge.L, 1, 0.65385, 0.40476, 0.50000);
    }

    @Test
    void rougeLLeavesGapsAndRouge2DoesNot() {
        // testRougeLNonConsecutive, testRouge2
        Rouge.Overlap gap = Rouge.L.overlap("testing two", "testing one two");
        Rouge.Overlap pair = Rouge.TWO.overlap("testing one", "testing one two");

        assertThat(gap.precision()).isEqualTo(1);
        assertThat(gap.recall()).isEqualTo(2 / 3.0);
        assertThat(gap.f1()).isCloseTo(0.8, within(1e-12));
        assertThat(pair.f1()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(Rouge.TWO.overlap("testing two", "testing one two").f1()).isZero();
    }

    @Test
    void aSummaryOfSeveralSentencesTakesTheUnionOfTheirSubsequences() {
        // Lin 2004, section 3.2, and testRougeLsum: recall 4/5, precision 4/10
        Rouge.Overlap overlap = Rouge.L_SUM.overlap("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");

        assertThat(overlap.recall()).isEqualTo(0.8);
        assertThat(overlap.precision()).isEqualTo(0.4);
        assertThat(overlap.f1()).isCloseTo(0.5333, within(1e-3));
    }

    @Test
    void aWordSaidOnceIsNotCountedForTwoSentences() {
        assertThat(Rouge.L_SUM.overlap("a b", "a b\na c").matches()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyTextOrReferenceScoresNothing(Rouge rouge) {
        // testRougeEmpty, testRougeLsum
        assertThat(rouge.overlap("", "testing one two").f1()).isZero();
        assertThat(rouge.overlap("w1", "").f1()).isZero();
        assertThat(rouge.overlap("/", "w1 w2 w3").f1()).isZero();
        assertThat(rouge.score(List.<Segment>of())).isZero();
    }

    @Test
    void theScoreIsTheMeanOfTheTextsEachByItsBestReference() {
        List<Segment> segments = List.of(
                new Segment("", "Testing, one.", List.of("nothing", "testing ONE two")), new Segment("", "x", "y"));

        assertThat(Rouge.ONE.score(segments)).isCloseTo(0.4, within(1e-12));
    }

    private static void expect(Rouge rouge, int text, double precision, double recall, double f1) {
        Rouge.Overlap overlap = rouge.overlap(PREDICTIONS.get(text), TARGETS.get(text));
        assertThat(overlap.precision()).isCloseTo(precision, within(5e-6));
        assertThat(overlap.recall()).isCloseTo(recall, within(5e-6));
        assertThat(overlap.f1()).isCloseTo(f1, within(5e-6));
    }
}
