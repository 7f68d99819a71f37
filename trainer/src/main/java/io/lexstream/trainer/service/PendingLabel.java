package io.lexstream.trainer.service;

import io.lexstream.events.Source;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import java.time.Instant;

/**
 * A label that could be learnt from, were its text there.
 *
 * @param value its record's value, for a dead letter
 * @param target what the model should say: a label, or a text
 * @param givenAt when the person gave it
 * @param readAt when it was read here
 */
record PendingLabel(
        Source source, byte[] value, TextLabel label, String target, double weight, Instant givenAt, Instant readAt) {
    /** Joined with its text. */
    TrainingExample with(TextEvent event) {
        return TrainingExample.newBuilder()
                .setEventId(event.getId())
                .setTask(label.getTask())
                .setText(event.getText())
                .setLabel(target)
                .setWeight(weight)
                .setAuthor(label.getAuthor())
                .setSource(label.getSource())
                .setLanguage(event.getLanguage())
                .setTextSource(event.getSource())
                .setCreatedAt(givenAt)
                .build();
    }
}
