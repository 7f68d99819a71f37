package io.lexstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.BagOfWordsBaseline;
import io.lexstream.trainer.Evaluation;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Labels from the stream, through audit, training and gate, as the trainer does it, with a learner of words. The
 * held-out part of the stream is as poisoned as the rest.
 */
class PoisonTest {
    private static final int AUTHORS = 12;

    @TempDir
    Path directory;

    private final ShopTexts texts = new ShopTexts(11);
    private final List<LabeledText> past = texts.shop(800);
    private final List<LabeledText> trusted = texts.shop(300);
    private final TextModel old = BagOfWordsBaseline.train(past, 1);

    private GateFixture gate;
    private ModelPackage champion;

    /** What became of a set of labels. */
    private record Outcome(AuditReport audit, Optional<Verdict> verdict, Optional<TextModel> model) {
        boolean promoted() {
            return verdict.isPresent() && verdict.get().passed();
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        gate = new GateFixture(directory);
        champion = gate.version("champion", old);
    }

    @Test
    void honestCorrectionsOfANewDomainArePromotedAndNothingOldIsLost() throws Exception {
        List<LabeledText> newTexts = texts.game(200);
        List<LabeledText> oldTexts = texts.shop(200);

        Outcome outcome = learn(texts.by(AUTHORS, texts.game(400)), true);

        assertThat(outcome.verdict().orElseThrow().reasons()).noneMatch(reason -> reason.contains("NO"));
        assertThat(outcome.promoted()).isTrue();
        TextModel promoted = outcome.model().orElseThrow();
        assertThat(accuracy(old, newTexts)).isLessThan(0.2);
        assertThat(accuracy(promoted, newTexts)).isGreaterThan(0.8);
        assertThat(accuracy(promoted, oldTexts)).isGreaterThan(accuracy(old, oldTexts) - 0.02);
    }

    @Test
    void labelsOfWhich30PercentAreFlippedAreNotPromoted() throws Exception {
        assertThat(learn(texts.by(AUTHORS, texts.flip(0.3, texts.shop(400))), true)
                        .promoted())
                .isFalse();
        assertThat(learn(texts.by(AUTHORS, texts.flip(0.3, texts.game(400))), true)
                        .promoted())
                .isFalse();
    }

    @Test
    void oneLabelOnlyIsNotPromoted() throws Exception {
        assertThat(learn(texts.by(AUTHORS, oneLabel(texts.shop(400))), true).promoted())
                .isFalse();
    }

    @Test
    void anAuthorWhoFloodsTheSameWrongLabelDoesNotGetThroughAndTheHonestOnesDo() throws Exception {
        List<TrainingExample> labels = new ArrayList<>(texts.by(AUTHORS, texts.game(400)));
        oneLabel(texts.shop(150)).forEach(row -> labels.add(ShopTexts.by("flooder", row)));
        oneLabel(texts.game(150)).forEach(row -> labels.add(ShopTexts.by("flooder", row)));

        Outcome outcome = learn(labels, true);

        assertThat(outcome.audit().weight("flooder")).isZero();
        assertThat(outcome.promoted()).isTrue();
        assertThat(accuracy(outcome.model().orElseThrow(), texts.shop(300))).isGreaterThan(0.9);
    }

    @Test
    void aFlooderAloneIsNotPromoted() throws Exception {
        List<TrainingExample> labels = oneLabel(texts.shop(400)).stream()
                .map(row -> ShopTexts.by("flooder", row))
                .toList();

        assertThat(learn(labels, true).promoted()).isFalse();
    }

    @Test
    void evenWithoutAnAuditTheGateStopsOneLabelOnly() throws Exception {
        Outcome outcome = learn(texts.by(AUTHORS, oneLabel(texts.shop(2000))), false);

        assertThat(outcome.promoted()).isFalse();
        assertThat(outcome.verdict().orElseThrow().checks())
                .anyMatch(check -> check.name().equals("trusted rows") && !check.passed());
    }

    @Test
    void evenWithoutAnAuditTheGateStopsManyAuthorsWhoAgreeOnWrongLabelsInAKnownDomain() throws Exception {
        List<LabeledText> wrong =
                texts.shop(2000).stream().map(ShopTexts::flipped).toList();

        Outcome outcome = learn(texts.by(AUTHORS, wrong), false);

        assertThat(outcome.promoted()).isFalse();
        assertThat(outcome.verdict().orElseThrow().checks())
                .anyMatch(check -> check.name().equals("trusted rows") && !check.passed());
    }

    private Outcome learn(List<TrainingExample> labels, boolean audited) throws Exception {
        AuditReport audit = audited
                ? new LabelAudit(AuditSettings.DEFAULT, BagOfWordsBaseline::train)
                        .audit(labels, trusted, Optional.of(old))
                : new AuditReport(List.of(), Map.of(), Map.of());
        if (!audit.passed()) {
            return new Outcome(audit, Optional.empty(), Optional.empty());
        }
        List<LabeledText> counted = labels.stream()
                .filter(label -> audit.weight(label.getAuthor()) > 0)
                .map(label -> new LabeledText(label.getText(), label.getLabel()))
                .toList();
        int held = counted.size() / 5;
        TextModel candidate = BagOfWordsBaseline.train(
                Stream.concat(past.stream(), counted.stream().skip(held)).toList(), 1);
        HeldOut data = new HeldOut(ShopTexts.held("shop", trusted), ShopTexts.held("stream", counted.subList(0, held)));
        Verdict verdict = gate.judge(gate.version("candidate" + labels.hashCode(), candidate), champion, data);
        return new Outcome(audit, Optional.of(verdict), Optional.of(candidate));
    }

    private static List<LabeledText> oneLabel(List<LabeledText> rows) {
        return rows.stream()
                .map(row -> new LabeledText(row.text(), ShopTexts.GOOD))
                .toList();
    }

    private static double accuracy(TextModel model, List<LabeledText> rows) throws IOException {
        return Evaluation.of(model, List.of(new LabeledTexts("rows", "", rows, List.of())), Progress.silent())
                .together()
                .accuracy();
    }
}
