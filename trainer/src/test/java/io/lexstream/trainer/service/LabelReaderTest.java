package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.events.EventDecoder;
import io.lexstream.events.InputFormat;
import io.lexstream.events.Reason;
import io.lexstream.schemas.LabelKind;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.schemas.UndecodableException;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.service.LabelReader.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LabelReaderTest {
    static {
        TrustedRecords.allow();
    }

    private static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Map<Byte, TextLabel> labels = new HashMap<>();
    private final LabelReader reader = new LabelReader(
            (topic, value) -> {
                TextLabel label = labels.get(value[0]);
                if (label == null) {
                    throw new UndecodableException("not a label");
                }
                return label;
            },
            EventDecoder.of(InputFormat.TEXT, 1_000, Map.of()),
            List.of("sentiment", "spam", "translation", "summary"),
            new LabelWeights(1.0, 0.5, Map.of("support", 3.0)),
            LabelReaderTest::form);

    @Test
    void starsAreSentiments() {
        assertThat(List.of(1, 2, 3, 4, 5).stream().map(LabelReaderTest::sentiment))
                .containsExactly(
                        Optional.of("negative"),
                        Optional.of("negative"),
                        Optional.of("neutral"),
                        Optional.of("positive"),
                        Optional.of("positive"));
        assertThat(sentiment(0)).isEmpty();
        assertThat(sentiment(6)).isEmpty();
        assertThat(form("spam").wanted(stars(5))).isInstanceOf(LabelForm.Wanted.Refused.class);
    }

    @Test
    void aLabelWithItsOwnTextIsAnExampleAtOnce() {
        TextLabel label = correction("spam", "ham")
                .setText("See you at six.")
                .setAuthor("ann")
                .setSource("support")
                .build();

        TrainingExample example = ((Reading.Example) read(label)).example();

        assertThat(example.getText()).isEqualTo("See you at six.");
        assertThat(example.getLabel()).isEqualTo("ham");
        assertThat(example.getWeight()).isEqualTo(3.0);
        assertThat(example.getEventId()).startsWith("text-").hasSize(37);
        assertThat(example.getCreatedAt()).isEqualTo(Instant.ofEpochMilli(77));
    }

    @Test
    void aLabelWithoutTextWaitsForItsEvent() {
        Reading reading = read(correction("spam", "ham").setEventId("e1").build());

        PendingLabel pending = ((Reading.Pending) reading).label();
        TextEvent event = TextEvent.newBuilder()
                .setId("e1")
                .setText("See you at six.")
                .setSource("app")
                .setLanguage("en")
                .build();
        TrainingExample example = ((Reading.Example) reader.join(pending, event)).example();

        assertThat(example.getEventId()).isEqualTo("e1");
        assertThat(example.getTextSource()).isEqualTo("app");
        assertThat(example.getLanguage()).isEqualTo("en");
    }

    @Test
    void whatCannotBeLearntFromHasAReason() {
        assertThat(reason(read(correction("mood", "ham").setText("x").build()))).isEqualTo(Reason.UNKNOWN_TASK);
        assertThat(reason(read(correction("spam", "maybe").setText("x").build())))
                .isEqualTo(Reason.UNKNOWN_LABEL);
        assertThat(reason(read(correction("spam", "ham").build()))).isEqualTo(Reason.EMPTY_TEXT);
        assertThat(reason(read(correction("spam", "ham").setText(" \n").build())))
                .isEqualTo(Reason.EMPTY_TEXT);
        assertThat(reason(read(
                        correction("spam", "ham").setText("x".repeat(1_001)).build())))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(reader.read(record(new byte[] {99}), NOW))).isEqualTo(Reason.UNDECODABLE);
    }

    @Test
    void aCorrectedTextIsWhatTheModelShouldHaveWritten() {
        TextLabel label = correction("translation", "The kettle leaks.")
                .setText("Der Kessel ist undicht.")
                .build();

        TrainingExample example = ((Reading.Example) read(label)).example();

        assertThat(example.getText()).isEqualTo("Der Kessel ist undicht.");
        assertThat(example.getLabel()).isEqualTo("The kettle leaks.");
    }

    @Test
    void aCorrectionThatSaysNothingIsRefusedWithItsReason() {
        String text = "Der Kessel ist undicht.";

        assertThat(reason(read(correction("translation", " ").setText(text).build())))
                .isEqualTo(Reason.EMPTY_TEXT);
        assertThat(reason(read(correction("translation", "x".repeat(100_000))
                        .setText(text)
                        .build())))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(read(TextLabel.newBuilder(stars(5))
                        .setTask("translation")
                        .setText(text)
                        .build())))
                .isEqualTo(Reason.UNKNOWN_LABEL);
    }

    @Test
    void aCorrectedSummaryOfAModelThatQuotesIsADeadLetterThatSaysWhy() {
        Reading reading = read(correction("summary", "It leaks.")
                .setText("The kettle leaks. I want another.")
                .build());

        assertThat(((Reading.Bad) reading).why().message()).contains("quotes sentences");
    }

    private Reading read(TextLabel label) {
        byte number = (byte) labels.size();
        labels.put(number, label);
        return reader.read(record(new byte[] {number}), NOW);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                "text.labels",
                0,
                5,
                77,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static Reason reason(Reading reading) {
        return ((Reading.Bad) reading).why().reason();
    }

    private static Optional<String> sentiment(int stars) {
        return form("sentiment").wanted(stars(stars)) instanceof LabelForm.Wanted.Target target
                ? Optional.of(target.said())
                : Optional.empty();
    }

    private static LabelForm form(String task) {
        return switch (task) {
            case "sentiment" -> new NamedLabels(SENTIMENTS);
            case "spam" -> new NamedLabels(List.of("ham", "spam"));
            case "translation" -> new WrittenLabels(GenerationTask.TRANSLATION);
            default -> NoLabels.QUOTES;
        };
    }

    private static TextLabel stars(int stars) {
        return correction("sentiment", "")
                .setKind(LabelKind.STAR_RATING)
                .setStars(stars)
                .build();
    }

    private static TextLabel.Builder correction(String task, String label) {
        return TextLabel.newBuilder().setEventId("").setTask(task).setValue(label);
    }
}
