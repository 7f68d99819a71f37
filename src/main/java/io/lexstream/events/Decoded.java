package io.lexstream.events;

import io.lexstream.schemas.TextEvent;

/** What a record's bytes turned out to be. */
public sealed interface Decoded {
    /** A text that can be run through the models. */
    record Event(TextEvent event) implements Decoded {}

    /**
     * Bytes that are no event, or one without a text that the models could read.
     *
     * @param message for people; holds nothing of the text
     */
    record Bad(Reason reason, String message) implements Decoded {}
}
