package io.lexstream.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.terminal.Style;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.ModelRef;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TranslationResult;
import io.lexstream.schemas.TranslationStatus;
import io.lexstream.schemas.TrustedRecords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultLinesTest {
    private static final Instant NOW = Instant.parse("2025-01-31T12:34:56Z");
    private static final List<String> TASKS = List.of("sentiment", "spam");
    private static final String LONG =
            "Sehr schön, aber \t viel zu teuer für das, was es kann, finde ich jedenfalls 🙂";

    private static final TranslationResult TRANSLATED = TranslationResult.newBuilder()
            .setEventId("e1")
            .setTask("translation")
            .setModel(new ModelRef("model", "1", "00"))
            .setStatus(TranslationStatus.TRANSLATED)
            .setTranslation("Very nice,\nbut far too expensive")
            .setSourceLanguage("de")
            .setTargetLanguage("en")
            .build();
    private static final SummaryResult UNCHANGED = SummaryResult.newBuilder()
            .setEventId("e1")
            .setTask("summary")
            .setModel(new ModelRef("model", "1", "00"))
            .setMethod(SummaryMethod.UNCHANGED)
            .setSummary("Sehr schön")
            .build();

    @Test
    void forAProgramColumnsStandBetweenTabs() {
        ResultLines lines = new ResultLines(Style.PLAIN, ZoneOffset.UTC, TASKS);

        String line = lines.line(event("kettle", "negative", "ham"), "Broke\nafter\ttwo days", NOW);

        assertThat(line).isEqualTo("12:34:56\tkettle\tnegative\t0.90\tham\t0.90\tBroke after two days");
    }

    @Test
    void onATerminalColumnsStandStillAndLinesFit() {
        ResultLines lines = new ResultLines(new Style(80, false), ZoneOffset.UTC, TASKS);

        String first = lines.line(event("kettle", "negative", "ham"), LONG, NOW);
        String second = lines.line(event("a-key-that-is-too-long-to-show", "neutral", "spam"), LONG, NOW);

        assertThat(first).startsWith("12:34:56  kettle              negative 0.90  ham  0.90  Sehr");
        assertThat(second).startsWith("12:34:56  a-key-that-is-too…  neutral  0.90  spam 0.90  Sehr");
        assertThat(first.codePointCount(0, first.length())).isEqualTo(80);
        assertThat(second).endsWith("…");
    }

    @Test
    void whatATaskWritesStandsBelowItsEvent() {
        List<String> tasks = List.of("translation", "summary");
        EnrichedEvent event = new EnrichedEvent(
                "e1", "kettle", Map.of("translation", TaskAnswer.of(TRANSLATED), "summary", TaskAnswer.of(UNCHANGED)));

        String aligned = new ResultLines(new Style(60, false), ZoneOffset.UTC, tasks).line(event, "Sehr schön", NOW);
        String tabbed = new ResultLines(Style.PLAIN, ZoneOffset.UTC, tasks).line(event, "Sehr schön", NOW);

        assertThat(aligned.lines())
                .containsExactly(
                        "12:34:56  kettle              Sehr schön",
                        "          de-en               Very nice, but far too",
                        "                              expensive");
        assertThat(tabbed)
                .isEqualTo("12:34:56\tkettle\tde-en\tVery nice, but far too expensive\tunchanged\t\tSehr schön");
    }

    @Test
    void aSummaryTellsHowMuchOfTheTextItQuotesAndIsCutAfterAFewLines() {
        TrustedRecords.allow(); // a builder copies by the schema
        List<String> tasks = List.of("summary");
        SummaryResult quoted = SummaryResult.newBuilder(UNCHANGED)
                .setMethod(SummaryMethod.EXTRACTIVE)
                .setSummary("The dimmer knows two positions.\nNobody answers.")
                .setSummarySentences(2)
                .setSourceSentences(24)
                .build();
        SummaryResult endless = SummaryResult.newBuilder(quoted)
                .setSummary("good ".repeat(100).strip())
                .build();
        ResultLines lines = new ResultLines(new Style(70, false), ZoneOffset.UTC, tasks);

        String shown = lines.line(new EnrichedEvent("e1", "lamp", Map.of("summary", TaskAnswer.of(quoted))), "Hi", NOW);
        String cut = lines.line(new EnrichedEvent("e1", "lamp", Map.of("summary", TaskAnswer.of(endless))), "Hi", NOW);

        assertThat(shown.lines())
                .containsExactly(
                        "12:34:56  lamp                Hi",
                        "          summary, 2 of 24    The dimmer knows two positions. Nobody",
                        "                              answers.");
        assertThat(cut.lines()).hasSize(7).last().asString().endsWith("…").hasSizeLessThanOrEqualTo(70);
    }

    @Test
    void coloursAreUsedOnlyIfAllowed() {
        ResultLines coloured = new ResultLines(new Style(80, true), ZoneOffset.UTC, TASKS);
        ResultLines plain = new ResultLines(new Style(80, false), ZoneOffset.UTC, TASKS);
        EnrichedEvent event = event("kettle", "negative", "spam");

        assertThat(coloured.line(event, "x", NOW)).contains("\u001b[31m");
        assertThat(plain.line(event, "x", NOW)).doesNotContain("\u001b");
    }

    @Test
    void aTextCannotMoveTheCursor() {
        ResultLines lines = new ResultLines(new Style(80, false), ZoneOffset.UTC, TASKS);

        String line = lines.line(event("k", "neutral", "ham"), "a\u001b[2Jb\rc\u202ed", NOW);

        assertThat(line).endsWith("a [2Jb c d");
    }

    private static EnrichedEvent event(String key, String sentiment, String spam) {
        return new EnrichedEvent(
                "e1",
                key,
                Map.of(
                        "sentiment",
                                TaskAnswer.of(
                                        result("sentiment", sentiment, List.of("negative", "neutral", "positive"))),
                        "spam", TaskAnswer.of(result("spam", spam, List.of("ham", "spam")))));
    }

    static ClassificationResult result(String task, String label, List<String> labels) {
        Map<String, Double> scores = new java.util.HashMap<>();
        labels.forEach(each -> scores.put(each, each.equals(label) ? 0.9 : 0.1 / (labels.size() - 1)));
        return ClassificationResult.newBuilder()
                .setEventId("e1")
                .setTask(task)
                .setModel(new ModelRef("model", "1", "00"))
                .setLabel(label)
                .setScores(scores)
                .build();
    }
}
