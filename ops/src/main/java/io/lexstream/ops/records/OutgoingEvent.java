package io.lexstream.ops.records;

import io.lexstream.schemas.TextEvent;
import java.util.Optional;

/**
 * A text event to send.
 *
 * @param key the record's key, if the line names one
 */
public record OutgoingEvent(Optional<String> key, TextEvent event) {}
