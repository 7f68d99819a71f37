package io.lexstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.TextModel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.BagOfWordsBaseline;
import io.lexstream.trainer.LabeledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelAuditTest {
    private static final int AUTHORS = 12;

    private final ShopTexts texts = new ShopTexts(7);
    private final List<LabeledText> trusted = texts.shop(200);
    private final TextModel champion = BagOfWordsBaseline.train(texts.shop(800), 1);
    private final LabelAudit audit = new LabelAudit(AuditSettings.DEFAULT, BagOfWordsBaseline::train);

    @Test
    void honestCorrectionsOfANewDomainPassThoughTheChampionIsMostlyWrong() {
        List<TrainingExample> honest = texts.by(AUTHORS, texts.game(300));

        AuditReport report = audit(honest);

        assertThat(report.checks()).allMatch(Check::passed);
        assertThat(report.weights()).isEmpty();
        assertThat(report.metrics().get("audit/championAgreement")).isLessThan(0.3);
    }

    @Test
    void honestLabelsOfTheKnownDomainPass() {
        AuditReport report = audit(texts.by(AUTHORS, texts.shop(300)));

        assertThat(report.checks()).allMatch(Check::passed);
        assertThat(report.weights()).isEmpty();
    }

    @Test
    void labelsOfWhich30PercentAreFlippedAreRefusedInTheKnownDomain() {
        AuditReport report = audit(texts.by(AUTHORS, texts.flip(0.3, texts.shop(300))));

        assertThat(failed(report)).containsAnyOf("learnable", "contradicted");
    }

    @Test
    void labelsOfWhich30PercentAreFlippedAreRefusedInANewDomainWhereTheChampionIsNoHelp() {
        AuditReport report = audit(texts.by(AUTHORS, texts.flip(0.3, texts.game(300))));

        assertThat(failed(report)).contains("learnable");
    }

    @Test
    void anAuthorWhoFloodsWithOneWrongLabelIsLeftOutAndTheOthersStay() {
        List<TrainingExample> labels = new ArrayList<>(texts.by(AUTHORS, texts.shop(300)));
        texts.shop(200)
                .forEach(row ->
                        labels.add(ShopTexts.by("flooder", new LabeledText(row.text() + " !", ShopTexts.GOOD))));

        AuditReport report = audit(labels);

        assertThat(report.weight("flooder")).isZero();
        assertThat(report.weights()).containsOnlyKeys("flooder");
        assertThat(report.passed()).isTrue();
    }

    @Test
    void aFloodThatDrownsTheOthersIsRefused() {
        List<TrainingExample> labels = new ArrayList<>(texts.by(6, texts.shop(120)));
        texts.shop(400)
                .forEach(row ->
                        labels.add(ShopTexts.by("flooder", new LabeledText(row.text() + " !", ShopTexts.GOOD))));

        AuditReport report = audit(labels);

        assertThat(report.weight("flooder")).isZero();
        assertThat(failed(report)).containsExactly("authors");
    }

    @Test
    void aDiligentAuthorWhoAgreesWithTheOthersIsTurnedDownButKept() {
        List<TrainingExample> labels = new ArrayList<>(texts.by(AUTHORS, texts.game(200)));
        texts.game(300).forEach(row -> labels.add(ShopTexts.by("moderator", row)));

        AuditReport report = audit(labels);

        assertThat(report.weight("moderator")).isBetween(0.2, 0.5);
        assertThat(report.weights()).containsOnlyKeys("moderator");
        assertThat(report.passed()).isTrue();
    }

    @Test
    void labelsOfOneKindOnlyAreRefused() {
        List<LabeledText> one = texts.shop(200).stream()
                .map(row -> new LabeledText(row.text(), ShopTexts.GOOD))
                .toList();

        assertThat(failed(audit(texts.by(AUTHORS, one)))).contains("balance");
    }

    @Test
    void labelsThatFollowNothingAreRefusedWithoutTrustedRowsAndChampionToo() {
        List<TrainingExample> noise = texts.by(AUTHORS, texts.flip(0.5, texts.shop(300)));

        AuditReport report = audit.audit(noise, List.of(), Optional.empty());

        assertThat(failed(report)).contains("learnable");
    }

    @Test
    void aFewLabelsAreLeftToTheGate() {
        AuditReport report = audit(texts.by(AUTHORS, texts.game(12)));

        assertThat(report.passed()).isTrue();
        assertThat(report.checks()).anyMatch(check -> check.sentence().contains("too few to tell"));
    }

    @Test
    void oneAuthorAloneMayNotContradictTheChampionWhereTwoAreAskedFor() {
        AuditSettings settings = AuditSettings.DEFAULT;
        AuditSettings two = new AuditSettings(
                settings.minRows(),
                settings.minAuthorRows(),
                settings.maxAuthorShare(),
                settings.maxAuthorContradicted(),
                settings.maxContradicted(),
                settings.minLearnability(),
                settings.oneLabelShare(),
                2,
                settings.sure(),
                settings.seed());
        List<TrainingExample> lone = texts.by(1, texts.game(300));

        AuditReport strict = new LabelAudit(two, BagOfWordsBaseline::train).audit(lone, trusted, Optional.of(champion));

        assertThat(failed(strict)).containsExactly("champion");
        assertThat(audit(lone).passed()).isTrue();
    }

    private AuditReport audit(List<TrainingExample> labels) {
        return audit.audit(labels, trusted, Optional.of(champion));
    }

    private static List<String> failed(AuditReport report) {
        return report.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList();
    }
}
