package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.GeneratedText;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TranslationResult;
import io.lexstream.schemas.TranslationStatus;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultsTest {
    private static final ModelVersion VERSION = new ModelVersion("translation", "tiny", "3", "ab".repeat(32));
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final TextEvent EVENT = TextEvent.newBuilder()
            .setId("e1")
            .setText("Die Lampe ist kaputt.")
            .setEventTime(TIME)
            .build();

    @Test
    void aTranslationIsWrittenWithAllThatIsKnownOfIt() {
        Translation translation = new Translation(
                Translation.Status.TRANSLATED, "The lamp is broken.", "de", "en", 0.97, -0.25, true, true, 6);

        TranslationResult result = written(translation);

        assertThat(result)
                .isEqualTo(TranslationResult.newBuilder()
                        .setEventId("e1")
                        .setTask("translation")
                        .setModel(VERSION.toRef())
                        .setStatus(TranslationStatus.TRANSLATED)
                        .setTranslation("The lamp is broken.")
                        .setSourceLanguage("de")
                        .setTargetLanguage("en")
                        .setLanguageConfidence(0.97)
                        .setScore(-0.25)
                        .setTruncated(true)
                        .setDeadlineReached(true)
                        .setGeneratedTokens(6)
                        .setEventTime(TIME)
                        .setQueueMicros(2_000)
                        .setInferenceMicros(5_000)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(Translation.Status.class)
    void everyStatusHasItsNameOnTheTopic(Translation.Status status) {
        Translation translation = new Translation(status, "", "de", "en", 0, 0, false, false, 0);

        assertThat(written(translation).getStatus().name()).isEqualTo(status.name());
    }

    @Test
    void aSummaryThatAModelWroteIsMarkedAsSuch() {
        GeneratedText summary = new GeneratedText("A broken lamp.", -0.5, true, false, 5);

        assertThat(results(summary))
                .isEqualTo(SummaryResult.newBuilder()
                        .setEventId("e1")
                        .setTask("translation")
                        .setModel(VERSION.toRef())
                        .setMethod(SummaryMethod.ABSTRACTIVE)
                        .setSummary("A broken lamp.")
                        .setScore(-0.5)
                        .setTruncated(true)
                        .setGeneratedTokens(5)
                        .setEventTime(TIME)
                        .setQueueMicros(2_000)
                        .setInferenceMicros(5_000)
                        .build());
    }

    private static TranslationResult written(Translation translation) {
        return (TranslationResult) results(translation);
    }

    private static SpecificRecord results(TextOutput output) {
        TaskResult.Success success =
                new TaskResult.Success(VERSION, output, Duration.ofMillis(2), Duration.ofMillis(5), 1);
        return Results.of(EVENT, Instant.EPOCH, "translation", success);
    }
}
