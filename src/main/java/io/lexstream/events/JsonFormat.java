package io.lexstream.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.schemas.TextEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that are JSON objects with a {@code text}, and any other field of {@code TextEvent}; unknown fields are
 * ignored. {@code eventTime} is a number of milliseconds or ISO-8601.
 */
final class JsonFormat implements ValueFormat {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    @Override
    public Decoded read(Source source, byte[] value) {
        Optional<String> json = StrictUtf8.decode(value);
        if (json.isEmpty()) {
            return new Decoded.Bad(Reason.INVALID_UTF8, "the value is not UTF-8");
        }
        JsonNode object;
        try {
            object = JSON.readTree(withoutByteOrderMark(json.get()));
        } catch (JsonProcessingException e) {
            // Jackson's own message quotes the text.
            return undecodable("the value is not JSON (" + e.getClass().getSimpleName() + ")");
        }
        return object.isObject() ? event(source, object) : undecodable("the value is not a JSON object");
    }

    private static Decoded event(Source source, JsonNode object) {
        JsonNode text = object.path("text");
        if (!text.isTextual()) {
            return undecodable(
                    text.isMissingNode() ? "the object has no field text" : "the field text is not a string");
        }
        Optional<Instant> time = time(object.path("eventTime"));
        if (time.isEmpty()) {
            return undecodable("the field eventTime is neither milliseconds nor ISO-8601");
        }
        return new Decoded.Event(TextEvent.newBuilder()
                .setId(object.path("id").asText(source.toString()))
                .setText(text.textValue())
                .setSource(object.path("source").asText(""))
                .setLanguage(object.path("language").asText(""))
                .setEventTime(time.get())
                .setAttributes(attributes(object.path("attributes")))
                .build());
    }

    private static Optional<Instant> time(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of(Instant.EPOCH);
        }
        try {
            long millis = value.isIntegralNumber() && value.canConvertToLong()
                    ? value.longValue()
                    : Instant.parse(value.asText()).toEpochMilli();
            return Optional.of(Instant.ofEpochMilli(millis));
        } catch (DateTimeException | ArithmeticException e) { // arithmetic: a year that milliseconds do not reach
            return Optional.empty();
        }
    }

    private static Map<String, String> attributes(JsonNode object) {
        Map<String, String> attributes = new HashMap<>();
        object.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            attributes.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
        });
        return attributes;
    }

    private static String withoutByteOrderMark(String json) {
        return json.startsWith("\uFEFF") ? json.substring(1) : json;
    }

    private static Decoded undecodable(String message) {
        return new Decoded.Bad(Reason.UNDECODABLE, message);
    }
}
