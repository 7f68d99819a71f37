package io.lexstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.FakeTranslator;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.TextPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairAuditTest {
    private static final int CORRECTIONS = 80;

    private final List<TextPair> pairs = ShopTranslations.all();
    private final Map<String, String> right = new HashMap<>();
    private final List<LabeledText> trusted = new ArrayList<>();

    @BeforeEach
    void prepare() {
        pairs.forEach(pair -> right.put(pair.source(), pair.target()));
        pairs.subList(CORRECTIONS, 180).forEach(pair -> trusted.add(new LabeledText(pair.source(), pair.target())));
    }

    @Test
    void honestCorrectionsPassThoughTheChampionDoesNotKnowTheWords() {
        AuditReport report = audit(corrections(i -> pairs.get(i).target()));

        assertThat(report.passed()).as(report.checks().toString()).isTrue();
        assertThat(report.weights()).isEmpty();
        assertThat(report.metrics().get("audit/belong")).isGreaterThan(0.6);
    }

    @Test
    void shuffledCorrectionsAreRefused() {
        AuditReport report =
                audit(corrections(i -> pairs.get((i + 41) % CORRECTIONS).target()));

        assertThat(failed(report)).contains("belong");
    }

    @Test
    void shuffledCorrectionsAreRefusedWithoutTrustedRowsToo() {
        AuditReport report = new PairAudit(AuditSettings.DEFAULT)
                .audit(
                        GenerationTask.TRANSLATION,
                        corrections(i -> pairs.get((i + 41) % CORRECTIONS).target()),
                        List.of(),
                        champion());

        assertThat(failed(report)).contains("belong");
    }

    @Test
    void copiesOfTheTextsAreRefused() {
        AuditReport report = audit(corrections(
                i -> i % 4 == 0 ? pairs.get(i).source() : pairs.get(i).target()));

        assertThat(failed(report)).contains("possible");
    }

    @Test
    void oneAnswerToEverythingIsRefused() {
        AuditReport report = audit(corrections(i -> "The kettle broke after two days."));

        assertThat(failed(report)).contains("different");
    }

    @Test
    void anAuthorWhoseCorrectionsBelongToOtherTextsIsLeftOut() {
        // Every fifth is Mallory's.
        AuditReport report = audit(corrections(
                i -> pairs.get(i % 5 == 0 ? (i + 35) % CORRECTIONS : i).target()));

        assertThat(report.weight("author 0")).isZero();
        assertThat(report.weight("author 1")).isEqualTo(1);
        assertThat(report.passed()).as(report.checks().toString()).isTrue();
    }

    @Test
    void aFewCorrectionsAreLeftToTheGate() {
        AuditReport report = audit(corrections(i -> pairs.get(i).target()).subList(0, 7));

        assertThat(report.passed()).isTrue();
        assertThat(report.checks()).extracting(Check::name).contains("corrections");
    }

    private AuditReport audit(List<TrainingExample> corrections) {
        return new PairAudit(AuditSettings.DEFAULT).audit(GenerationTask.TRANSLATION, corrections, trusted, champion());
    }

    private FakeTranslator champion() {
        return new FakeTranslator(text -> ShopTranslations.poor(right.getOrDefault(text, "")));
    }

    private List<TrainingExample> corrections(Function<Integer, String> correction) {
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < CORRECTIONS; i++) {
            examples.add(TrainingExample.newBuilder()
                    .setEventId("e" + i)
                    .setTask("translation")
                    .setText(pairs.get(i).source())
                    .setLabel(correction.apply(i))
                    .setAuthor("author " + i % 5)
                    .setCreatedAt(Instant.EPOCH)
                    .build());
        }
        return examples;
    }

    private static List<String> failed(AuditReport report) {
        return report.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList();
    }
}
