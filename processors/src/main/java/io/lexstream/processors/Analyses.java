package io.lexstream.processors;

import io.lexstream.events.Source;
import io.lexstream.inference.Classification;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.WrittenText;
import io.lexstream.pipeline.Course;
import io.lexstream.pipeline.Pipeline;
import io.lexstream.pipeline.StageState;
import io.lexstream.pipeline.ToldLanguage;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.StageOutcome;
import io.lexstream.schemas.StageResult;
import io.lexstream.schemas.TextEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes what the stages of the pipeline said about an event as one record. */
final class Analyses {
    private static final String SENTIMENT = "sentiment";
    private static final String SUMMARY = "summary";

    private final Pipeline pipeline;
    private final String productAttribute;

    /** @param productAttribute the events' attribute that names the product */
    Analyses(Pipeline pipeline, String productAttribute) {
        this.pipeline = pipeline;
        this.productAttribute = productAttribute;
    }

    /** Whether the task is a stage, whose failures are told in the analysis. */
    boolean tell(String task) {
        return pipeline.hasStage(task);
    }

    /** The way that the event has taken; {@code results} are the champions'. */
    Course course(TextEvent event, Map<String, TaskResult> results) {
        return pipeline.course(event.getText(), results);
    }

    FeedbackAnalysis of(TextEvent event, Record<byte[], byte[]> record, Source source, Course course) {
        ToldLanguage language = course.language().orElseThrow();
        List<StageResult> stages = new ArrayList<>();
        course.states().forEach((stage, state) -> stages.add(stage(stage, state)));
        return FeedbackAnalysis.newBuilder()
                .setEventId(event.getId())
                .setProduct(product(event, record.key()))
                .setSource(event.getSource())
                .setText(event.getText())
                .setEventTime(Results.timeOf(event, Instant.ofEpochMilli(record.timestamp())))
                .setLanguage(language.code())
                .setLanguageConfidence(language.confidence())
                .setTranslation(course.translation().orElse(""))
                .setSummary(written(course.states().get(SUMMARY)))
                .setSpam(course.isSpam())
                .setSentiment(course.label(SENTIMENT).orElse(""))
                .setStages(stages)
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .build();
    }

    private String product(TextEvent event, byte @Nullable [] key) {
        String named = event.getAttributes().get(productAttribute);
        return named != null ? named : key == null ? "" : utf8(key);
    }

    /** Empty if the key is no text: then it names nothing that people know. */
    private static String utf8(byte[] key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static String written(@Nullable StageState state) {
        return state instanceof StageState.Done done && done.result().output() instanceof WrittenText written
                ? written.text()
                : "";
    }

    private static StageResult stage(String stage, StageState state) {
        StageResult.Builder result = StageResult.newBuilder().setStage(stage);
        if (state instanceof StageState.Skipped skipped) {
            return result.setOutcome(StageOutcome.SKIPPED)
                    .setReason(skipped.reason())
                    .build();
        } else if (state instanceof StageState.Failed failed) {
            return result.setOutcome(StageOutcome.FAILED)
                    .setReason(failed.reason())
                    .setModel(failed.model().toRef())
                    .setOnTranslation(failed.onTranslation())
                    .build();
        } else if (state instanceof StageState.Done done) {
            return done(result, done);
        }
        throw new IllegalStateException("the stage " + stage + " has not ended: " + state);
    }

    private static StageResult done(StageResult.Builder result, StageState.Done done) {
        TaskResult.Success success = done.result();
        TextOutput output = success.output();
        if (output instanceof Classification said) {
            result.setLabel(said.label()).setScores(said.scores()).setTruncated(said.truncated());
        } else if (output instanceof WrittenText written) {
            result.setTruncated(written.truncated());
        }
        return result.setOutcome(StageOutcome.DONE)
                .setModel(success.model().toRef())
                .setOnTranslation(done.onTranslation())
                .setQueueMicros(TimeUnit.NANOSECONDS.toMicros(success.queued().toNanos()))
                .setInferenceMicros(
                        TimeUnit.NANOSECONDS.toMicros(success.inference().toNanos()))
                .build();
    }
}
