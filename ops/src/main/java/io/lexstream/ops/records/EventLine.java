package io.lexstream.ops.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrustedRecords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one line that a person or program wants to send: a plain text, or a JSON object with the fields of the record.
 *
 * <p>An object may also name the record's {@code key}. What else it holds travels in the event's attributes.
 */
public final class EventLine {
    private static final JsonMapper JSON = new JsonMapper();

    static {
        TrustedRecords.allow();
    }

    private final Clock clock;
    private final Supplier<String> ids;
    private final Optional<String> task;

    /**
     * @param clock when an event was written that does not say so
     * @param ids names for events that have none
     */
    public EventLine(Clock clock, Supplier<String> ids) {
        this(clock, ids, Optional.empty());
    }

    private EventLine(Clock clock, Supplier<String> ids, Optional<String> task) {
        this.clock = clock;
        this.ids = ids;
        this.task = task;
    }

    /** The same, of which every label is one of {@code task}, and may be a text and its label with a tab between. */
    public EventLine labelling(String task) {
        return new EventLine(clock, ids, Optional.of(task));
    }

    /**
     * The event that a line says.
     *
     * @throws IllegalArgumentException if the line is a JSON object but no text event
     */
    public OutgoingEvent event(String line) {
        if (!line.stripLeading().startsWith("{")) {
            return new OutgoingEvent(
                    Optional.empty(), event(JSON.createObjectNode().put("text", line)));
        }
        ObjectNode object = object(line);
        Optional<String> key = take(object, "key");
        return new OutgoingEvent(key, event(object));
    }

    /**
     * The label that a line says.
     *
     * @throws IllegalArgumentException if the line is no JSON object with the fields of a label, nor, where the task is
     *     known, a text and its label
     */
    public TextLabel label(String line) {
        boolean isObject = task.isEmpty() || line.stripLeading().startsWith("{");
        ObjectNode object = isObject ? object(line) : columns(line);
        if (task.isPresent()) {
            fillIn(object, "task", task.get());
            if (object.hasNonNull("text")) { // then no event is looked for
                fillIn(object, "eventId", "");
            }
        }
        TextLabel label = JsonAvro.fill(new TextLabel(), object);
        if (label.getCreatedAt().toEpochMilli() == 0) {
            label.setCreatedAt(clock.instant());
        }
        return label;
    }

    private static ObjectNode columns(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 2) {
            throw new IllegalArgumentException(
                    "a label is a text, a tab and what is right for it; the line has " + columns.length + " columns");
        }
        return JSON.createObjectNode().put("text", columns[0]).put("value", columns[1]);
    }

    private static void fillIn(ObjectNode object, String name, String value) {
        if (!object.hasNonNull(name)) {
            object.put(name, value);
        }
    }

    private TextEvent event(ObjectNode object) {
        if (!object.hasNonNull("id")) {
            object.put("id", ids.get());
        }
        if (!object.hasNonNull("eventTime")) {
            object.put("eventTime", clock.millis());
        }
        ObjectNode attributes =
                object.get("attributes") instanceof ObjectNode given ? given : object.putObject("attributes");
        for (String name : names(object)) {
            if (TextEvent.getClassSchema().getField(name) == null) {
                JsonNode extra = object.remove(name);
                attributes.put(name, extra.isValueNode() ? extra.asText() : extra.toString());
            }
        }
        return JsonAvro.fill(new TextEvent(), object);
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Optional<String> take(ObjectNode object, String name) {
        return Optional.ofNullable(object.remove(name))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText);
    }

    private static ObjectNode object(String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("not a JSON object");
        } catch (JsonProcessingException e) {
            // Its own message repeats the line, which may be somebody's text.
            throw new IllegalArgumentException(
                    "not JSON, from character " + e.getLocation().getColumnNr(), e);
        }
    }
}
