package io.lexstream.ops.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Flat Avro records from plain JSON objects: missing fields take their default, unknown ones are an error. */
final class JsonAvro {
    private JsonAvro() {}

    /**
     * Fills {@code record} from {@code object}.
     *
     * @throws IllegalArgumentException if the object does not fit; the message names the field and never its content
     */
    static <T extends SpecificRecord> T fill(T record, JsonNode object) {
        Schema schema = record.getSchema();
        if (!object.isObject()) {
            throw new IllegalArgumentException("a " + schema.getName() + " is a JSON object, not a " + kind(object));
        }
        object.fieldNames().forEachRemaining(name -> requireKnown(name, schema));
        for (Schema.Field field : schema.getFields()) {
            JsonNode given = object.path(field.name());
            record.put(
                    field.pos(),
                    given.isMissingNode() || given.isNull() ? defaultOf(field, schema) : value(given, field, schema));
        }
        return record;
    }

    private static void requireKnown(String name, Schema schema) {
        if (schema.getField(name) == null) {
            throw new IllegalArgumentException(schema.getName() + " has no field \"" + name + "\", it has "
                    + schema.getFields().stream().map(Schema.Field::name).toList());
        }
    }

    private static Object defaultOf(Schema.Field field, Schema schema) {
        if (!field.hasDefaultValue()) {
            throw new IllegalArgumentException(schema.getName() + " needs a \"" + field.name() + "\"");
        }
        return isTime(field.schema())
                ? Instant.EPOCH
                : SpecificData.getForSchema(schema).getDefaultValue(field);
    }

    private static Object value(JsonNode node, Schema.Field field, Schema schema) {
        Schema type = field.schema();
        return switch (type.getType()) {
            case STRING -> require(node.isTextual(), node, field).textValue();
            case BOOLEAN -> require(node.isBoolean(), node, field).booleanValue();
            case INT ->
                require(node.isIntegralNumber() && node.canConvertToInt(), node, field)
                        .intValue();
            case LONG ->
                isTime(type)
                        ? time(node, field)
                        : (Object) require(node.isIntegralNumber(), node, field).longValue();
            case DOUBLE -> require(node.isNumber(), node, field).doubleValue();
            case ENUM ->
                SpecificData.getForSchema(schema)
                        .createEnum(
                                require(type.hasEnumSymbol(node.asText()), node, field)
                                        .asText(),
                                type);
            case MAP -> strings(require(node.isObject(), node, field));
            default -> throw new IllegalArgumentException("\"" + field.name() + "\" cannot be given as JSON");
        };
    }

    private static boolean isTime(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    /** Times are milliseconds since 1970, or ISO 8601. */
    private static Instant time(JsonNode node, Schema.Field field) {
        if (!node.isTextual()) {
            return Instant.ofEpochMilli(
                    require(node.isIntegralNumber(), node, field).longValue());
        }
        try {
            return Instant.parse(node.textValue());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + field.name() + "\" must be milliseconds or a time such as 2025-01-31T12:00:00Z", e);
        }
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new HashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    private static JsonNode require(boolean fits, JsonNode node, Schema.Field field) {
        if (!fits) {
            Schema type = field.schema();
            throw new IllegalArgumentException("\"" + field.name() + "\" must be "
                    + (type.getType() == Schema.Type.ENUM ? "one of " + type.getEnumSymbols() : "a " + typeName(type))
                    + ", not this " + kind(node));
        }
        return node;
    }

    private static String typeName(Schema schema) {
        return schema.getType().getName().toLowerCase(Locale.ROOT);
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
