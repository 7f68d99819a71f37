package io.lexstream.processors;

import io.lexstream.inference.Classification;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TextEvent;
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
        Instant time = event.getEventTime().equals(Instant.EPOCH) ? recordTime : event.getEventTime();
        Results results = new Results(event, time, task, success);
        TextOutput output = success.output();
        if (output instanceof Classification said) {
            return results.classification(said);
        } else if (output instanceof ExtractedSummary summary) {
            return results.summary(summary);
        }
        throw new IllegalStateException("no record is known for " + output.getClass());
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

    private static long micros(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
