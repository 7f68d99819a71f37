package io.lexstream.ops.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Avro data as plain JSON: records and maps become objects, bytes become base64, unions only their value. */
public final class AvroJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroJson() {}

    public static JsonNode of(@Nullable Object datum) {
        if (datum == null) {
            return JSON.nullNode();
        }
        if (datum instanceof IndexedRecord record) {
            return record(record);
        }
        if (datum instanceof Map<?, ?> map) {
            return map(map);
        }
        if (datum instanceof Collection<?> items) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(of(item)));
            return array;
        }
        if (datum instanceof ByteBuffer bytes) {
            return JSON.textNode(Base64.getEncoder().encodeToString(bytesOf(bytes)));
        }
        if (datum instanceof GenericFixed fixed) {
            return JSON.textNode(Base64.getEncoder().encodeToString(fixed.bytes()));
        }
        return scalar(datum);
    }

    private static JsonNode scalar(Object datum) {
        if (datum instanceof Boolean value) {
            return JSON.booleanNode(value);
        }
        if (datum instanceof Integer value) {
            return JSON.numberNode(value);
        }
        if (datum instanceof Long value) {
            return JSON.numberNode(value);
        }
        if (datum instanceof Float value) {
            return JSON.numberNode(value);
        }
        if (datum instanceof Double value) {
            return JSON.numberNode(value);
        }
        return JSON.textNode(datum.toString()); // strings, enum symbols, instants and other logical types
    }

    private static ObjectNode record(IndexedRecord record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), of(record.get(field.pos())));
        }
        return object;
    }

    /** Maps have no order of their own; by key they read the same every time. */
    private static ObjectNode map(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        ObjectNode object = JSON.objectNode();
        sorted.forEach((key, value) -> object.set(key, of(value)));
        return object;
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
