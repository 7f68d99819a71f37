package io.lexstream.events;

import io.lexstream.schemas.TextEvent;

/** Values that are the text itself, in UTF-8; the event's id is the record's place in the topic. */
final class PlainTextFormat implements ValueFormat {
    @Override
    public Decoded read(Source source, byte[] value) {
        return StrictUtf8.decode(value)
                .<Decoded>map(text -> new Decoded.Event(TextEvent.newBuilder()
                        .setId(source.toString())
                        .setText(text)
                        .build()))
                .orElseGet(() -> new Decoded.Bad(Reason.INVALID_UTF8, "the value is not UTF-8"));
    }
}
