package io.lexstream.schemas;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Turns bytes in the wire format into records, whatever schema wrote them; trusts no byte. */
final class RecordReader {
    static {
        TrustedRecords.allow();
    }

    private final SchemaRegistryClient registry;
    private final boolean generic;
    private final Optional<Class<?>> expected;
    private final Map<Integer, DatumReader<IndexedRecord>> readers = new ConcurrentHashMap<>();

    /**
     * @param generic read generic records; else instances of generated classes
     * @param expected the class that records must have; empty = the one that the writer's schema names
     */
    RecordReader(SchemaRegistryClient registry, boolean generic, Optional<Class<?>> expected) {
        this.registry = registry;
        this.generic = generic;
        this.expected = expected;
    }

    IndexedRecord read(String topic, byte[] bytes) {
        int id = WireFormat.schemaId(topic, bytes);
        DatumReader<IndexedRecord> reader = reader(topic, id);
        try {
            // Bytes behind the record are ignored, as Confluent's deserializer does.
            return reader.read(
                    null,
                    DecoderFactory.get()
                            .binaryDecoder(
                                    bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new UndecodableException(
                    topic + ": " + bytes.length + " bytes are no record of schema id " + id + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private DatumReader<IndexedRecord> reader(String topic, int id) {
        DatumReader<IndexedRecord> known = readers.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = registry.getById(id);
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException(
                    topic + ": schema id " + id + " is a " + writer.getType() + ", not a record");
        }
        if (ZeroByteItems.in(writer)) {
            throw new UndecodableException(topic + ": schema id " + id + " has an array whose items take no bytes");
        }
        DatumReader<IndexedRecord> reader = generic
                ? StrictReaders.generic(writer)
                : StrictReaders.specific(writer, recordClass(topic, id, writer));
        readers.put(id, reader);
        return reader;
    }

    private Class<?> recordClass(String topic, int id, Schema writer) {
        Class<?> type = expected.orElseGet(() -> generatedClass(topic, id, writer));
        String name = SpecificData.getForClass(type).getSchema(type).getFullName();
        if (!name.equals(writer.getFullName())) {
            throw new UndecodableException(
                    topic + ": schema id " + id + " is " + writer.getFullName() + ", not " + name);
        }
        return type;
    }

    private static Class<?> generatedClass(String topic, int id, Schema writer) {
        String name = writer.getFullName();
        try {
            Class<?> type = SpecificData.get().getClass(writer);
            if (type != null && SpecificRecord.class.isAssignableFrom(type)) {
                return type;
            }
        } catch (SecurityException e) {
            throw new UndecodableException(
                    topic + ": schema id " + id + " is " + name
                            + ", whose class is not trusted (Avro's system property "
                            + "org.apache.avro.SERIALIZABLE_PACKAGES)",
                    e);
        }
        throw new UndecodableException(topic + ": schema id " + id + " is " + name + ", which has no class here ("
                + AvroDeserializer.SPECIFIC_READER + "=false reads it as a generic record)");
    }
}
