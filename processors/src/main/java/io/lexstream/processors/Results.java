package io.lexstream.processors;

import io.lexstream.inference.Classification;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.GeneratedText;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TranslationResult;
import io.lexstream.schemas.TranslationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/** Writes what a model said about an event as the record of the task's topic. */
final class Results {
    private final TextEvent event;
    private final Instant time;
    private final String task;
    private final TaskResult.Success success;

    private Results(TextEvent event, Instant time, String task, TaskResult.Success success) {
        this.event = event;
        this.time = time;
        this.task = task;
        this.success = success;
    }

    /** @param recordTime the event's time where it has none of its own */
    static SpecificRecord of(TextEvent event, Instant recordTime, String task, TaskResult.Success success) {
        Results results = new Results(event, timeOf(event, recordTime), task, success);
        TextOutput output = success.output();
        if (output instanceof Classification said) {
            return results.classification(said);
        } else if (output instanceof ExtractedSummary summary) {
            return results.summary(summary);
        } else if (output instanceof GeneratedText summary) {
            return results.summary(summary);
        } else if (output instanceof Translation translation) {
            return results.translation(translation);
        }
        throw new IllegalStateException("no record is known for " + output.getClass());
    }

    static Instant timeOf(TextEvent event, Instant recordTime) {
        return event.getEventTime().equals(Instant.EPOCH) ? recordTime : event.getEventTime();
    }

    private ClassificationResult classification(Classification said) {
        return ClassificationResult.newBuilder()
                .setEventId(event.getId())
                .setTask(task)
                .setModel(success.model().toRef())
                .setLabel(said.label())
                .setScores(said.scores())
                .setTruncated(said.truncated())
                .setWindows(said.windows())
                .setEventTime(time)
                .setQueueMicros(micros(success.queued()))
                .setInferenceMicros(micros(success.inference()))
                .build();
    }

    private SummaryResult summary(ExtractedSummary summary) {
        return SummaryResult.newBuilder()
                .setEventId(event.getId())
                .setTask(task)
                .setModel(success.model().toRef())
                .setMethod(summary.whole() ? SummaryMethod.UNCHANGED : SummaryMethod.EXTRACTIVE)
                .setSummary(summary.text())
                .setSourceSentences(summary.ofSentences())
                .setSummarySentences(
                        summary.whole()
                                ? summary.ofSentences()
                                : summary.sentences().size())
                .setTruncated(summary.truncated())
                .setEventTime(time)
                .setQueueMicros(micros(success.queued()))
                .setInferenceMicros(micros(success.inference()))
                .build();
    }

    private SummaryResult summary(GeneratedText summary) {
        return SummaryResult.newBuilder()
                .setEventId(event.getId())
                .setTask(task)
                .setModel(success.model().toRef())
                .setMethod(SummaryMethod.ABSTRACTIVE)
                .setSummary(summary.text())
                .setScore(summary.score())
                .setTruncated(summary.truncated())
                .setDeadlineReached(summary.deadlineReached())
                .setGeneratedTokens(summary.tokens())
                .setEventTime(time)
                .setQueueMicros(micros(success.queued()))
                .setInferenceMicros(micros(success.inference()))
                .build();
    }

    private TranslationResult translation(Translation said) {
        return TranslationResult.newBuilder()
                .setEventId(event.getId())
                .setTask(task)
                .setModel(success.model().toRef())
                .setStatus(status(said.status()))
                .setTranslation(said.text())
                .setSourceLanguage(said.sourceLanguage())
                .setTargetLanguage(said.targetLanguage())
                .setLanguageConfidence(said.languageConfidence())
                .setScore(said.score())
                .setTruncated(said.truncated())
                .setDeadlineReached(said.deadlineReached())
                .setGeneratedTokens(said.tokens())
                .setEventTime(time)
                .setQueueMicros(micros(success.queued()))
                .setInferenceMicros(micros(success.inference()))
                .build();
    }

    private static TranslationStatus status(Translation.Status status) {
        return switch (status) {
            case TRANSLATED -> TranslationStatus.TRANSLATED;
            case UNCHANGED -> TranslationStatus.UNCHANGED;
            case UNSUPPORTED -> TranslationStatus.UNSUPPORTED;
        };
    }

    private static long micros(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
