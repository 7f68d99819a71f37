package io.lexstream.events;

import io.lexstream.schemas.SchemaNotFoundException;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.UndecodableException;
import java.nio.charset.CharacterCodingException;
import org.apache.kafka.common.serialization.Deserializer;

/** Values that are {@code TextEvent}s in Confluent's wire format. */
final class AvroFormat implements ValueFormat {
    private final Deserializer<TextEvent> deserializer;

    AvroFormat(Deserializer<TextEvent> deserializer) {
        this.deserializer = deserializer;
    }

    @Override
    public Decoded read(Source source, byte[] value) {
        TextEvent event;
        try {
            event = deserializer.deserialize(source.topic(), value);
        } catch (SchemaNotFoundException e) {
            return new Decoded.Bad(Reason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        } catch (UndecodableException e) {
            Reason reason = e.getCause() instanceof CharacterCodingException ? Reason.INVALID_UTF8 : Reason.UNDECODABLE;
            return new Decoded.Bad(reason, String.valueOf(e.getMessage()));
        }
        if (event.getId().isEmpty()) {
            event.setId(source.toString());
        }
        return new Decoded.Event(event);
    }
}
