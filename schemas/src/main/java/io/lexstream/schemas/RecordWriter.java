package io.lexstream.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Turns records into bytes in the wire format; safe for many threads. */
final class RecordWriter {
    /** Where a record's schema id comes from. */
    enum IdSource {
        REGISTER,
        LATEST,
        LOOKUP
    }

    private record Route(String subject, Schema schema) {}

    /** What the registry says of a route: write with this schema, under this id. */
    private record Target(int id, Schema schema) {}

    private final SchemaRegistryClient registry;
    private final SubjectNaming naming;
    private final boolean isKey;
    private final IdSource idSource;
    private final Map<Route, Target> targets = new ConcurrentHashMap<>();

    RecordWriter(SchemaRegistryClient registry, SubjectNaming naming, boolean isKey, IdSource idSource) {
        this.registry = registry;
        this.naming = naming;
        this.isKey = isKey;
        this.idSource = idSource;
    }

    byte[] write(String topic, IndexedRecord record) {
        Schema schema = record.getSchema();
        Route route = new Route(naming.subject(topic, isKey, schema), schema);
        Target target = targets.get(route);
        if (target == null) {
            target = ask(route);
            targets.put(route, target);
        }
        try {
            return encode(target, record);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    route.subject() + ": this " + schema.getFullName()
                            + " cannot be written: a field is missing or of a " + "wrong type",
                    e);
        }
    }

    private Target ask(Route route) {
        return switch (idSource) {
            case REGISTER -> new Target(registry.register(route.subject(), route.schema()), route.schema());
            case LOOKUP -> new Target(registry.lookup(route.subject(), route.schema()), route.schema());
            case LATEST -> latest(route);
        };
    }

    private Target latest(Route route) {
        RegisteredSchema latest = registry.latest(route.subject());
        SchemaCompatibilityType type = SchemaCompatibility.checkReaderWriterCompatibility(
                        latest.schema(), route.schema())
                .getType();
        if (type != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException(route.subject() + ": version " + latest.version() + " (schema id "
                    + latest.id() + ") cannot read our " + route.schema().getFullName() + " (use.latest.version)");
        }
        return new Target(latest.id(), latest.schema());
    }

    private static byte[] encode(Target target, IndexedRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(WireFormat.header(target.id()));
        if (target.schema().equals(record.getSchema())) {
            append(out, writer(record), record);
        } else {
            IndexedRecord converted = convert(record, target.schema());
            append(out, new GenericDatumWriter<>(target.schema()), converted);
        }
        return out.toByteArray();
    }

    /** The record as {@code schema} has it: Avro's writers go by position, so fields must move to their new places. */
    private static IndexedRecord convert(IndexedRecord record, Schema schema) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        append(bytes, writer(record), record);
        return new GenericDatumReader<IndexedRecord>(record.getSchema(), schema, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }

    private static DatumWriter<IndexedRecord> writer(IndexedRecord record) {
        return record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                : new GenericDatumWriter<>(record.getSchema());
    }

    private static void append(ByteArrayOutputStream out, DatumWriter<IndexedRecord> writer, IndexedRecord record)
            throws IOException {
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writer.write(record, encoder);
        encoder.flush();
    }
}
