package io.lexstream.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.ClassificationResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of fault is found, counted once, and named. */
class OutcomeCheckTest {
    private static final ModelVersion SPAM = new ModelVersion("spam", "heads", "v1", "aa");
    private static final ModelVersion SENTIMENT = new ModelVersion("sentiment", "heads", "v1", "bb");
    private static final AuditEvent FIRST = new AuditEvent("k", 1, "win a prize", true);
    private static final AuditEvent SECOND = new AuditEvent("k", 2, "a warm blanket", true);
    private static final AuditEvent BLANK = new AuditEvent("k", 3, " ", false);

    private OutcomeCheck check = new OutcomeCheck(List.of(), List.of(), new LabelBook());

    @BeforeEach
    void threeEventsWereSent() {
        LabelBook labels = new LabelBook();
        List<String> texts = List.of(FIRST.text(), SECOND.text());
        labels.add(SPAM, texts, List.of("spam", "ham"));
        labels.add(SENTIMENT, texts, List.of("neutral", "positive"));
        check = new OutcomeCheck(List.of(FIRST, SECOND, BLANK), List.of("sentiment", "spam"), labels);
    }

    @Test
    void aResultOfEachTaskInOrderAndOneDeadLetterIsAllThatIsOwed() {
        allOf(FIRST, "neutral", "spam");
        allOf(SECOND, "positive", "ham");
        check.deadLetter(BLANK.id());

        Findings findings = check.findings();

        assertThat(findings.clean()).isTrue();
        assertThat(findings.results()).isEqualTo(4);
        assertThat(findings.deadLetters()).isOne();
        assertThat(findings.versions()).isEqualTo(Map.of("sentiment", Map.of("v1", 2L), "spam", Map.of("v1", 2L)));
    }

    @Test
    void aResultThatIsMissingInOneTaskIsLost() {
        allOf(FIRST, "neutral", "spam");
        result(SENTIMENT, SECOND, "positive", 0);
        check.deadLetter(BLANK.id());

        assertThat(check.findings().lost()).isOne();
        assertThat(check.findings().examples()).first().isEqualTo("spam of k-000002: lost");
    }

    @Test
    void aDeadLetterThatIsMissingIsLost() {
        allOf(FIRST, "neutral", "spam");
        allOf(SECOND, "positive", "ham");

        assertThat(check.findings().lost()).isOne();
    }

    @Test
    void withoutAnyOutcomeAllIsLost() {
        assertThat(check.findings().lost()).isEqualTo(5);
    }

    @Test
    void aResultThatComesTwiceIsDoubledAndNotReordered() {
        result(SPAM, FIRST, "spam", 0);
        result(SPAM, SECOND, "ham", 0);
        result(SPAM, FIRST, "spam", 0);

        assertThat(check.findings().doubled()).isOne();
        assertThat(check.findings().reordered()).isZero();
    }

    @Test
    void aDeadLetterThatComesTwiceIsDoubled() {
        check.deadLetter(BLANK.id());
        check.deadLetter(BLANK.id());

        assertThat(check.findings().doubled()).isOne();
    }

    @Test
    void aResultBehindALaterOneOfItsKeyIsReordered() {
        result(SPAM, SECOND, "ham", 0);
        result(SPAM, FIRST, "spam", 0);

        assertThat(check.findings().reordered()).isOne();
        assertThat(check.findings().doubled()).isZero();
    }

    @Test
    void aKeyThatChangesItsPartitionIsReordered() {
        result(SPAM, FIRST, "spam", 0);
        result(SPAM, SECOND, "ham", 1);

        assertThat(check.findings().reordered()).isOne();
    }

    @Test
    void aLabelThatTheVersionWouldNotGiveIsWrong() {
        result(SPAM, FIRST, "ham", 0);

        assertThat(check.findings().wrongLabel()).isOne();
    }

    @Test
    void aVersionOfThatNameButOtherContentIsWrong() {
        result(new ModelVersion("spam", "heads", "v1", "cc"), FIRST, "spam", 0);

        assertThat(check.findings().wrongLabel()).isOne();
    }

    @Test
    void whatNoEventOwesIsUnexpected() {
        result(SPAM, BLANK, "ham", 0);
        result(SPAM, new AuditEvent("k", 4, "never sent", true), "ham", 0);
        check.deadLetter(FIRST.id());
        check.result("spam", "another key", 0, of(SPAM, FIRST, "spam"));

        assertThat(check.findings().unexpected()).isEqualTo(4);
    }

    private void allOf(AuditEvent event, String sentiment, String spam) {
        result(SENTIMENT, event, sentiment, 0);
        result(SPAM, event, spam, 0);
    }

    private void result(ModelVersion version, AuditEvent event, String label, int partition) {
        check.result(version.task(), event.key(), partition, of(version, event, label));
    }

    private static ClassificationResult of(ModelVersion version, AuditEvent event, String label) {
        return ClassificationResult.newBuilder()
                .setEventId(event.id())
                .setTask(version.task())
                .setModel(version.toRef())
                .setLabel(label)
                .setScores(Map.of())
                .build();
    }
}
