package io.lexstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.trainer.BagOfWordsBaseline;
import io.lexstream.trainer.LabeledText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseGateTest {
    @TempDir
    Path directory;

    private final ShopTexts texts = new ShopTexts(3);
    private final List<LabeledText> shop = texts.shop(600);
    private final List<LabeledText> game = texts.game(300);
    private final HeldOut data =
            new HeldOut(ShopTexts.held("shop", texts.shop(300)), ShopTexts.held("game", texts.game(100)));
    private final TextModel old = BagOfWordsBaseline.train(shop, 1);
    private final TextModel wider = BagOfWordsBaseline.train(together(shop, game), 1);

    private GateFixture gate;
    private ModelPackage champion;

    @BeforeEach
    void prepare() throws Exception {
        gate = new GateFixture(directory);
        champion = gate.version("champion", old);
    }

    @Test
    void aVersionThatLearnedANewDomainAndForgotNothingPasses() throws Exception {
        Verdict verdict = gate.judge(gate.version("wider", wider), champion, data);

        assertThat(verdict.checks()).allMatch(Check::passed);
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.precisions()).containsExactly("fp32");
        assertThat(verdict.metrics().get("difference/macroF1")).isGreaterThan(0.1);
        assertThat(verdict.metrics().get("candidate/macroF1"))
                .isGreaterThan(verdict.metrics().get("champion/macroF1"));
    }

    @Test
    void aVersionThatSaysTheSameAsTheChampionPasses() throws Exception {
        Verdict verdict = gate.judge(gate.version("same", old), champion, data);

        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.metrics()).containsEntry("difference/macroF1", 0.0);
        assertThat(verdict.metrics()).containsEntry("difference/mcnemarP", 1.0);
    }

    @Test
    void whatIsWonOnFreshRowsDoesNotPayForATrustedLoss() throws Exception {
        // Half of the champion's mistakes on the game go away, a twelfth of the shop's right answers too.
        TextModel trading = answering(shopText -> shopText.hashCode() % 12 == 0, true);

        Verdict verdict = gate.judge(gate.version("trading", trading), champion, data);

        assertThat(verdict.metrics().get("difference/macroF1")).isPositive();
        assertThat(failed(verdict)).contains("trusted rows");
        assertThat(verdict.precisions()).isEmpty();
    }

    @Test
    void aGainThatChanceExplainsIsNotEnoughOnFewRows() throws Exception {
        HeldOut few = new HeldOut(data.trusted().subList(0, 40), List.of());
        List<HeldOut.Row> rows = few.all();
        // Three answers lost, three won: no difference, and nothing that 40 rows could prove.
        TextModel shuffled = new Changed(old, wrongThen(rows, old, 3));

        Verdict verdict = gate.judge(gate.version("shuffled", shuffled), champion, few);

        assertThat(failed(verdict)).contains("all held-out rows");
    }

    @Test
    void withoutEnoughTrustedRowsNothingIsPromoted() throws Exception {
        HeldOut fresh = new HeldOut(List.of(), data.fresh());

        Verdict verdict = gate.judge(gate.version("wider", wider), champion, fresh);

        assertThat(failed(verdict)).containsExactly("trusted rows");
    }

    @Test
    void theChampionsGoldenCasesAreTrustedRowsToo() throws Exception {
        List<GoldenCase> golden = texts.shop(60).stream()
                .map(row -> new GoldenCase(row.text(), row.label(), Map.of()))
                .distinct()
                .toList();
        ModelPackage serving = gate.version("serving", old, golden, 100);

        Verdict verdict = gate.judge(gate.version("wider", wider), serving, new HeldOut(List.of(), data.fresh()));

        assertThat(verdict.checks()).anyMatch(check -> check.name().equals("trusted rows") && check.passed());
    }

    @Test
    void aLossInOneSourceIsSeenThoughTheWholeIsBetter() throws Exception {
        List<LabeledText> mail = texts.shop(60);
        HeldOut wide = new HeldOut(data.trusted(), together(data.fresh(), ShopTexts.held("mail", mail)));
        List<String> mails = mail.stream().map(LabeledText::text).toList();
        TextModel deaf = new Changed(
                wider, (text, said) -> mails.contains(text) && text.hashCode() % 3 == 0 ? other(said) : said);

        Verdict verdict = gate.judge(gate.version("deaf", deaf), champion, wide);

        assertThat(verdict.metrics().get("difference/macroF1")).isPositive();
        assertThat(failed(verdict)).contains("slices");
        assertThat(verdict.reasons().toString()).contains("source mail");
    }

    @Test
    void aVersionThatSaysOneLabelOfEverythingIsRefused() throws Exception {
        TextModel one = new Changed(old, (text, said) -> said(ShopTexts.GOOD, 0.5));

        Verdict verdict = gate.judge(gate.version("one", one), champion, data);

        assertThat(failed(verdict)).contains("labels said", "labels kept", "trusted rows", "all held-out rows");
    }

    @Test
    void aVersionThatIsSureOfItsMistakesIsRefused() throws Exception {
        HeldOut hard = new HeldOut(ShopTexts.held("shop", texts.flip(0.25, texts.shop(400))), List.of());
        TextModel sure = new Changed(old, (text, said) -> said(said.label(), 0.999));
        TextModel modest = new Changed(old, (text, said) -> said(said.label(), 0.7));
        ModelPackage serving = gate.version("modest", modest);

        Verdict verdict = gate.judge(gate.version("sure", sure), serving, hard);

        assertThat(failed(verdict)).containsExactly("calibration");
    }

    @Test
    void aPackageThatDoesNotOpenOrDoesNotRunIsRefusedWithTheReason() throws Exception {
        ModelPackage absent = gate.version("absent", old);
        ModelPackage broken = gate.version("broken", new Changed(old, (text, said) -> {
            throw new InferenceException("mood@broken: no kernel", new IllegalStateException());
        }));
        GateFixture another = new GateFixture(directory.resolve("another"));
        ModelPackage known = another.version("champion", old);

        Verdict unopened = another.judge(absent, known, data);
        Verdict unrun = gate.judge(broken, champion, data);

        assertThat(failed(unopened)).containsExactly("opens");
        assertThat(unopened.reasons().get(0)).isEqualTo("opens: NO: mood@absent gives NaN");
        assertThat(failed(unrun)).containsExactly("opens");
        assertThat(unrun.reasons().get(0)).contains("no kernel");
    }

    @Test
    void aChampionThatDoesNotOpenIsNotTheCandidatesFault() throws Exception {
        GateFixture another = new GateFixture(directory.resolve("another"));
        ModelPackage known = another.version("candidate", old);

        assertThatThrownBy(() -> another.judge(known, champion, data))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the champion mood@champion does not open");
    }

    @Test
    void aPackageThatIsTooLargeIsRefused() throws Exception {
        Verdict verdict = gate.judge(gate.version("large", wider, List.of(), 20_000), champion, data);

        assertThat(failed(verdict)).containsExactly("size");
        assertThat(verdict.reasons().get(0)).contains("20,002 bytes, at most 10,000");
    }

    @Test
    void aSlowVersionIsRefused() throws Exception {
        TextModel slow = new Changed(wider, (text, said) -> {
            for (int i = 0; i < 60; i++) {
                wider.run(new TextBatch(List.of(text)));
            }
            return said;
        });
        GateSettings usual = GateSettings.DEFAULT;

        Verdict verdict = gate.judge(usual, gate.version("slow", slow), Optional.of(champion), data);

        assertThat(failed(verdict)).containsExactly("speed");
        assertThat(verdict.metrics().get("slowdown")).isGreaterThan(5);
    }

    @Test
    void theFirstVersionOfATaskMustBeatTheMostFrequentLabel() throws Exception {
        List<HeldOut.Row> mostlyGood = data.trusted().stream()
                .filter(row -> row.label().equals(ShopTexts.GOOD) || row.text().hashCode() % 4 == 0)
                .toList();
        HeldOut uneven = new HeldOut(mostlyGood, List.of());
        TextModel guessing =
                new Changed(old, (text, said) -> said(text.hashCode() % 6 == 0 ? ShopTexts.BAD : ShopTexts.GOOD, 0.8));

        Verdict good = gate.judge(GateFixture.SETTINGS, gate.version("first", old), Optional.empty(), uneven);
        Verdict bad = gate.judge(GateFixture.SETTINGS, gate.version("guess", guessing), Optional.empty(), uneven);

        assertThat(good.checks()).allMatch(Check::passed);
        assertThat(failed(bad)).contains("better than the most frequent label");
    }

    @Test
    void int8IsAdmittedOnlyIfItSaysTheSame() throws Exception {
        ModelPackage near = gate.version("near", wider);
        ModelPackage far = gate.version("far", wider);
        gate.int8("near", new Changed(wider, (text, said) -> said));
        gate.int8("far", new Changed(wider, (text, said) -> text.hashCode() % 20 == 0 ? other(said) : said));

        Verdict admitted = gate.judge(near, champion, data);
        Verdict refused = gate.judge(far, champion, data);

        assertThat(admitted.precisions()).containsExactly("fp32", "int8");
        assertThat(refused.passed()).isTrue();
        assertThat(refused.precisions()).containsExactly("fp32");
        assertThat(refused.metrics().get("int8/agreement")).isLessThan(0.97);
    }

    /** The champion with shop answers turned where {@code lost} says so, and half of the game learned. */
    private TextModel answering(Predicate<String> lost, boolean learned) {
        List<String> fresh = data.fresh().stream().map(HeldOut.Row::text).toList();
        return new Changed(old, (text, said) -> {
            if (fresh.contains(text)) {
                return learned && text.hashCode() % 2 == 0 ? other(said) : said;
            }
            return lost.test(text) ? other(said) : said;
        });
    }

    /** Turns the first right answers, as many as are asked for, and as many wrong ones. */
    private static Change wrongThen(List<HeldOut.Row> rows, TextModel model, int each) {
        List<String> turned = new ArrayList<>();
        int right = 0;
        int wrong = 0;
        for (HeldOut.Row row : rows) {
            Classification said = (Classification)
                    model.run(new TextBatch(List.of(row.text()))).get(0);
            boolean hit = said.label().equals(row.label());
            if (hit && right < each) {
                right++;
                turned.add(row.text());
            } else if (!hit && wrong < each) {
                wrong++;
                turned.add(row.text());
            }
        }
        return (text, said) -> turned.contains(text) ? other(said) : said;
    }

    private static Classification other(Classification said) {
        double score = said.confidence();
        return said(said.label().equals(ShopTexts.GOOD) ? ShopTexts.BAD : ShopTexts.GOOD, score);
    }

    private static Classification said(String label, double score) {
        boolean good = label.equals(ShopTexts.GOOD);
        return new Classification(
                label,
                Map.of(ShopTexts.GOOD, good ? score : 1 - score, ShopTexts.BAD, good ? 1 - score : score),
                false,
                1,
                0,
                0);
    }

    private static List<String> failed(Verdict verdict) {
        return verdict.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList();
    }

    private static <T> List<T> together(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** What becomes of a model's answer to a text. */
    private interface Change {
        Classification of(String text, Classification said);
    }

    /** A model whose answers are changed. */
    private record Changed(TextModel model, Change change) implements TextModel {
        @Override
        public int[] lengths(TextBatch texts) {
            return model.lengths(texts);
        }

        @Override
        public List<Classification> run(TextBatch texts) {
            List<Classification> changed = new ArrayList<>();
            var said = model.run(texts);
            for (int i = 0; i < said.size(); i++) {
                changed.add(change.of(texts.texts().get(i), (Classification) said.get(i)));
            }
            return changed;
        }

        @Override
        public void close() {}
    }
}
