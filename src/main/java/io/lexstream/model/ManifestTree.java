package io.lexstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.specific.SpecificRecordBase;

/** A manifest as a JSON tree and back, led by the Avro schema. */
final class ManifestTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ManifestTree() {}

    static ModelManifest read(JsonNode tree) throws ModelRejectedException {
        return (ModelManifest) value(ModelManifest.getClassSchema(), tree, "");
    }

    static JsonNode write(ModelManifest manifest) {
        return node(manifest);
    }

    private static Object value(Schema schema, JsonNode node, String place) throws ModelRejectedException {
        return switch (schema.getType()) {
            case RECORD -> record(schema, expect(node.isObject(), schema, node, place), place);
            case ARRAY -> list(schema, expect(node.isArray(), schema, node, place), place);
            case MAP -> map(schema, expect(node.isObject(), schema, node, place), place);
            case STRING -> expect(node.isTextual(), schema, node, place).textValue();
            case INT ->
                expect(node.isIntegralNumber() && node.canConvertToInt(), schema, node, place)
                        .intValue();
            case LONG -> {
                long number = expect(node.isIntegralNumber() && node.canConvertToLong(), schema, node, place)
                        .longValue();
                yield schema.getLogicalType() == null ? (Object) number : Instant.ofEpochMilli(number);
            }
            case DOUBLE -> expect(node.isNumber(), schema, node, place).doubleValue();
            case ENUM ->
                role(schema, expect(node.isTextual(), schema, node, place).textValue(), place);
            default -> throw new IllegalStateException("manifest schema has a " + schema.getType() + " at " + place);
        };
    }

    private static SpecificRecordBase record(Schema schema, JsonNode node, String place) throws ModelRejectedException {
        for (String name : (Iterable<String>) node::fieldNames) {
            if (schema.getField(name) == null) {
                throw new ModelRejectedException("manifest: unknown field '" + at(place, name) + "'"
                        + nearest(name, schema)
                                .map(known -> "; did you mean '" + known + "'?")
                                .orElse(""));
            }
        }
        SpecificRecordBase record = emptyRecord(schema.getName());
        for (Field field : schema.getFields()) {
            JsonNode given = node.get(field.name());
            record.put(
                    field.pos(),
                    given == null ? fallback(field, place) : value(field.schema(), given, at(place, field.name())));
        }
        return record;
    }

    private static SpecificRecordBase emptyRecord(String name) {
        return switch (name) {
            case "ModelManifest" -> new ModelManifest();
            case "ModelFile" -> new ModelFile();
            case "GoldenCase" -> new GoldenCase();
            default -> throw new IllegalStateException("manifest schema has an unknown record " + name);
        };
    }

    private static Object fallback(Field field, String place) throws ModelRejectedException {
        if (!field.hasDefaultValue()) {
            throw new ModelRejectedException("manifest: field '" + at(place, field.name()) + "' is missing");
        }
        try {
            return value(field.schema(), node(field.defaultVal()), at(place, field.name()));
        } catch (AvroRuntimeException e) {
            throw new IllegalStateException("default of " + at(place, field.name()) + " cannot be read", e);
        }
    }

    private static List<Object> list(Schema schema, JsonNode node, String place) throws ModelRejectedException {
        List<Object> values = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            values.add(value(schema.getElementType(), element, place + "[" + values.size() + "]"));
        }
        return values;
    }

    private static Map<String, Object> map(Schema schema, JsonNode node, String place) throws ModelRejectedException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(schema.getValueType(), entry.getValue(), at(place, entry.getKey())));
        }
        return values;
    }

    private static FileRole role(Schema schema, String symbol, String place) throws ModelRejectedException {
        if (!schema.hasEnumSymbol(symbol)) {
            throw new ModelRejectedException(
                    "manifest: '" + place + "' is '" + symbol + "', known are " + schema.getEnumSymbols());
        }
        return FileRole.valueOf(symbol);
    }

    private static JsonNode expect(boolean right, Schema schema, JsonNode node, String place)
            throws ModelRejectedException {
        if (!right) {
            throw new ModelRejectedException(
                    "manifest: '" + place + "' must be " + schema.getType().getName() + ", is "
                            + node.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return node;
    }

    private static JsonNode node(Object value) {
        if (value instanceof SpecificRecordBase record) {
            ObjectNode object = JSON.objectNode();
            for (Field field : record.getSchema().getFields()) {
                object.set(field.name(), node(record.get(field.pos())));
            }
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, element) -> sorted.put(key.toString(), element));
            sorted.forEach((key, element) -> object.set(key, node(element)));
            return object;
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = JSON.arrayNode(list.size());
            list.forEach(element -> array.add(node(element)));
            return array;
        }
        if (value instanceof Instant time) {
            return JSON.numberNode(time.toEpochMilli());
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Double number) {
            return JSON.numberNode(number);
        }
        return JSON.textNode(value.toString()); // strings and roles
    }

    private static String at(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static Optional<String> nearest(String name, Schema schema) {
        return NearestName.of(name, schema.getFields().stream().map(Field::name).toList());
    }
}
