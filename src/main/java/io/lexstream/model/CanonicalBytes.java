package io.lexstream.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * What a record says, as bytes that stay the same when its schema gains fields: the name and the Avro binary form of
 * each field that is not at its default, fields and map entries sorted, enums by their names.
 *
 * <p>Left out is what changes when a record travels or is signed: chunk offsets and signatures.
 */
final class CanonicalBytes {
    private static final Set<String> NOT_CONTENT =
            Set.of("ModelManifest.signature", "ModelFile.chunkOffsets", "Deployment.signature");
    private static final String NO_MORE_FIELDS = "";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    private CanonicalBytes() {}

    static byte[] of(IndexedRecord record) {
        return of(record.getSchema(), record);
    }

    private static byte[] of(Schema schema, Object value) {
        var canonical = new CanonicalBytes();
        try {
            canonical.write(schema, value);
            canonical.encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return canonical.bytes.toByteArray();
    }

    private void write(Schema schema, Object value) throws IOException {
        switch (schema.getType()) {
            case RECORD -> record(schema, (IndexedRecord) value);
            case ARRAY -> array(schema.getElementType(), (Collection<?>) value);
            case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
            case STRING, ENUM -> encoder.writeString(value.toString());
            case INT -> encoder.writeInt((Integer) value);
            case LONG -> encoder.writeLong(value instanceof Instant time ? time.toEpochMilli() : (Long) value);
            case DOUBLE -> encoder.writeDouble((Double) value);
            default -> throw new IllegalStateException("no canonical form of a " + schema.getType() + " yet");
        }
    }

    private void record(Schema schema, IndexedRecord record) throws IOException {
        List<Field> fields = schema.getFields().stream()
                .filter(field -> !NOT_CONTENT.contains(schema.getName() + "." + field.name()))
                .sorted(Comparator.comparing(Field::name))
                .toList();
        for (Field field : fields) {
            byte[] value = of(field.schema(), record.get(field.pos()));
            if (!isDefault(field, value)) {
                encoder.writeString(field.name());
                encoder.writeFixed(value);
            }
        }
        encoder.writeString(NO_MORE_FIELDS);
    }

    private static boolean isDefault(Field field, byte[] value) {
        return field.hasDefaultValue()
                && Arrays.equals(value, of(field.schema(), GenericData.get().getDefaultValue(field)));
    }

    private void array(Schema elements, Collection<?> values) throws IOException {
        encoder.writeLong(values.size());
        for (Object value : values) {
            write(elements, value);
        }
    }

    private void map(Schema values, Map<?, ?> entries) throws IOException {
        Map<String, Object> sorted = new TreeMap<>();
        entries.forEach((key, value) -> sorted.put(key.toString(), value));
        encoder.writeLong(sorted.size());
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            encoder.writeString(entry.getKey());
            write(values, entry.getValue());
        }
    }
}
