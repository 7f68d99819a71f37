package io.lexstream.events;

/** Why a record became a dead letter: the header lexstream.reason. */
public enum Reason {
    /** The record has no value (a tombstone). */
    NULL_VALUE("null-value"),
    /** The bytes are not what input.format says. */
    UNDECODABLE("undecodable"),
    /** The schema registry does not know the value's schema id. */
    UNKNOWN_SCHEMA("unknown-schema"),
    /** The text, or the event's id, is not Unicode: malformed UTF-8, or half of a surrogate pair. */
    INVALID_UTF8("invalid-utf8"),
    /** Nothing to read: empty, or only white space, controls and invisible characters. */
    EMPTY_TEXT("empty-text"),
    /** Longer than max.text.bytes. */
    TOO_LARGE("too-large"),
    /** The model works, but not on this text. */
    INFERENCE_FAILED("inference-failed"),
    /** The result, with the input's key and headers, is larger than output.max.bytes. */
    RESULT_TOO_LARGE("result-too-large"),
    /** A label for a task that the trainer does not train. */
    UNKNOWN_TASK("unknown-task"),
    /** A label that the task does not have, or a rating that is none. */
    UNKNOWN_LABEL("unknown-label"),
    /** A label for an event that is not on the input topic. */
    UNKNOWN_EVENT("unknown-event");

    private final String header;

    Reason(String header) {
        this.header = header;
    }

    /** The value of the header. */
    public String header() {
        return header;
    }
}
