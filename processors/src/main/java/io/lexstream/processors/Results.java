package io.lexstream.processors;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TaskResult;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.TextEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Writes what a model said about an event as the record of the task's topic. */
final class Results {
    private Results() {}

    /** @param recordTime the event's time where it has none of its own */
    static ClassificationResult of(TextEvent event, Instant recordTime, String task, TaskResult.Success success) {
        Classification said = (Classification) success.output();
        return ClassificationResult.newBuilder()
                .setEventId(event.getId())
                .setTask(task)
                .setModel(success.model().toRef())
                .setLabel(said.label())
                .setScores(said.scores())
                .setTruncated(said.truncated())
                .setWindows(said.windows())
                .setEventTime(event.getEventTime().equals(Instant.EPOCH) ? recordTime : event.getEventTime())
                .setQueueMicros(micros(success.queued()))
                .setInferenceMicros(micros(success.inference()))
                .build();
    }

    private static long micros(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
