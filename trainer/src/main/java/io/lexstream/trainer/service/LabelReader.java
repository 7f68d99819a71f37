package io.lexstream.trainer.service;

import io.lexstream.events.Decoded;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.Reason;
import io.lexstream.events.Source;
import io.lexstream.schemas.SchemaNotFoundException;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.schemas.UndecodableException;
import io.lexstream.trainer.TextPlace;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads a label's record: what it teaches, or why it teaches nothing. */
final class LabelReader {
    /** Longest text of an example: models read its first few thousand characters only. */
    static final int MAX_TEXT_BYTES = 256 * 1024;

    private final Deserializer<TextLabel> deserializer;
    private final EventDecoder texts;
    private final List<String> tasks;
    private final LabelWeights weights;
    private final Function<String, LabelForm> forms;

    /**
     * @param texts says whether a text is fit to be learnt from
     * @param forms what labels are to a task's model
     */
    LabelReader(
            Deserializer<TextLabel> deserializer,
            EventDecoder texts,
            List<String> tasks,
            LabelWeights weights,
            Function<String, LabelForm> forms) {
        this.deserializer = deserializer;
        this.texts = texts;
        this.tasks = List.copyOf(tasks);
        this.weights = weights;
        this.forms = forms;
    }

    /** What a label's record turned out to be. */
    sealed interface Reading {
        /** Its text is there. */
        record Example(TrainingExample example) implements Reading {}

        /** Its text must be found on the input topic. */
        record Pending(PendingLabel label) implements Reading {}

        /**
         * It teaches nothing.
         *
         * @param task empty if that is not known
         */
        record Bad(String task, Decoded.Bad why) implements Reading {}
    }

    Reading read(ConsumerRecord<byte[], byte[]> record, Instant now) {
        Source source = new Source(record.topic(), record.partition(), record.offset());
        byte @Nullable [] value = record.value();
        if (value == null) {
            return bad("", Reason.NULL_VALUE, "the label has no value");
        }
        TextLabel label;
        try {
            label = deserializer.deserialize(record.topic(), value);
        } catch (SchemaNotFoundException e) {
            return bad("", Reason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        } catch (UndecodableException e) {
            return bad("", Reason.UNDECODABLE, String.valueOf(e.getMessage()));
        }
        return read(label, source, value, Instant.ofEpochMilli(Math.max(0, record.timestamp())), now);
    }

    private Reading read(TextLabel label, Source source, byte[] value, Instant recordTime, Instant now) {
        if (!tasks.contains(label.getTask())) {
            return bad(label.getTask(), Reason.UNKNOWN_TASK, "the task is not trained here (train.tasks)");
        }
        LabelForm.Wanted wanted = forms.apply(label.getTask()).wanted(label);
        if (wanted instanceof LabelForm.Wanted.Refused refused) {
            return new Reading.Bad(label.getTask(), refused.why());
        }
        if (label.getEventId().isEmpty() && label.getText().isEmpty()) {
            return bad(label.getTask(), Reason.EMPTY_TEXT, "the label names neither an event nor a text");
        }
        Instant givenAt = label.getCreatedAt().equals(Instant.EPOCH) ? recordTime : label.getCreatedAt();
        String target = ((LabelForm.Wanted.Target) wanted).said();
        PendingLabel pending = new PendingLabel(source, value, label, target, weights.of(label), givenAt, now);
        return label.getText().isEmpty() ? new Reading.Pending(pending) : withItsOwnText(pending);
    }

    private Reading withItsOwnText(PendingLabel pending) {
        String text = pending.label().getText();
        String id = pending.label().getEventId();
        TextEvent event = TextEvent.newBuilder()
                .setId(id.isEmpty() ? "text-" + TextPlace.name(text) : id)
                .setText(text)
                .setSource(pending.label().getSource())
                .build();
        return join(pending, event);
    }

    /** The example that a label and its text make. */
    Reading join(PendingLabel pending, TextEvent event) {
        String task = pending.label().getTask();
        if (event.getText().length() > MAX_TEXT_BYTES / 3) { // a char takes at most three bytes
            return bad(task, Reason.TOO_LARGE, "the text is too long to learn from");
        }
        Decoded checked = texts.check(new Decoded.Event(event));
        return checked instanceof Decoded.Bad why
                ? new Reading.Bad(task, why)
                : new Reading.Example(pending.with(event));
    }

    private static Reading bad(String task, Reason reason, String message) {
        return new Reading.Bad(task, new Decoded.Bad(reason, message));
    }
}
