package io.lexstream.events;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TextEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a record's value into a text event, or says what is wrong with it. Safe to use from several threads. */
public final class EventDecoder {
    private final ValueFormat format;
    private final int maxTextBytes;

    EventDecoder(ValueFormat format, int maxTextBytes) {
        this.format = format;
        this.maxTextBytes = maxTextBytes;
    }

    /** @param clientConfig of the schema registry, which AVRO needs */
    public static EventDecoder of(InputFormat inputFormat, int maxTextBytes, Map<String, ?> clientConfig) {
        ValueFormat format = switch (inputFormat) {
            case AVRO ->
                new AvroFormat(
                        AvroSerde.forValues(TextEvent.class, clientConfig).deserializer());
            case JSON -> new JsonFormat();
            case TEXT -> new PlainTextFormat();
        };
        return new EventDecoder(format, maxTextBytes);
    }

    /**
     * Decodes and checks a value.
     *
     * @throws RuntimeException if nothing can be said about it now (the schema registry does not answer)
     */
    public Decoded decode(Source source, byte @Nullable [] value) {
        if (value == null) {
            return new Decoded.Bad(Reason.NULL_VALUE, "the record has no value");
        }
        Decoded decoded = format.read(source, value);
        return decoded instanceof Decoded.Event event ? check(event) : decoded;
    }

    /** Whether the models could read an event's text, wherever the event came from. */
    public Decoded check(Decoded.Event event) {
        String text = event.event().getText();
        if (StrictUtf8.isLonger(text, maxTextBytes)) {
            return new Decoded.Bad(
                    Reason.TOO_LARGE, "the text has more than " + maxTextBytes + " bytes (max.text.bytes)");
        }
        if (!StrictUtf8.isUnicode(text) || !StrictUtf8.isUnicode(event.event().getId())) {
            return new Decoded.Bad(Reason.INVALID_UTF8, "the text or the id holds half of a surrogate pair");
        }
        if (text.codePoints().allMatch(EventDecoder::isInvisible)) {
            return new Decoded.Bad(Reason.EMPTY_TEXT, "the text has no visible character");
        }
        return event;
    }

    /** White space, controls (NUL), and format characters (zero-width, byte order mark, bidirectional controls). */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
