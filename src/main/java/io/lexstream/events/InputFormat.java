package io.lexstream.events;

import java.util.Locale;

/** What the values of the input topic are: the setting input.format. */
public enum InputFormat {
    /** {@code TextEvent} in Confluent's wire format. */
    AVRO,
    /** One JSON object a record: {@code text}, and any other field of {@code TextEvent}. */
    JSON,
    /** The text itself in UTF-8. */
    TEXT;

    public static InputFormat of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
