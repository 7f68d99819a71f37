package io.lexstream.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records in Confluent's wire format: a zero byte, the schema id (4 bytes, big-endian), Avro binary. Bytes and
 * configuration keys are those of Confluent's own Avro serde, so either may stand at the other end of a topic.
 *
 * <p>The deserializer tells apart what can go wrong:
 *
 * <table>
 * <caption>exceptions, all of them Kafka's {@code SerializationException}</caption>
 * <tr><th>exception</th><th>means</th><th>what to do</th></tr>
 * <tr><td>{@link UndecodableException}</td><td>not the wire format, truncated or damaged Avro, text that is not UTF-8,
 * another record type than expected, a schema that is not Avro</td><td>dead letter</td></tr>
 * <tr><td>{@link SchemaNotFoundException}</td><td>the registry answers that it does not know the schema id</td>
 * <td>dead letter</td></tr>
 * <tr><td>{@link RegistryUnavailableException}</td><td>no registry answered in time, after retries</td>
 * <td>stop; the record may be fine</td></tr>
 * <tr><td>any other {@link RegistryException}</td><td>the registry refuses us: credentials, a wrong URL</td>
 * <td>stop; mend the settings</td></tr>
 * </table>
 *
 * <p>Hostile bytes cost no more memory than their own length allows. Bytes behind a whole record are ignored, as
 * Confluent's deserializer does. Only the record classes of this package are trusted to Avro ({@link TrustedRecords}).
 *
 * <p>Keys beyond Confluent's: {@code schema.registry.retry.timeout.ms} (30000), how long a call is repeated while no
 * registry answers or they answer 5xx or 429. {@code specific.avro.reader} is true by default here; false reads generic
 * records. User info in a URL counts even if {@code basic.auth.credentials.source} is not set.
 *
 * @param <T> a generated class, or {@code GenericRecord} with {@code specific.avro.reader=false}
 */
public final class AvroSerde<T extends IndexedRecord> implements Serde<T> {
    private final AvroSerializer<T> serializer = new AvroSerializer<>();
    private final AvroDeserializer<T> deserializer = new AvroDeserializer<>();

    /** For Kafka, which calls {@link #configure} before use. */
    public AvroSerde() {}

    /** A serde for values of whatever class the bytes name. */
    public static <T extends IndexedRecord> AvroSerde<T> forValues(Map<String, ?> config) {
        AvroSerde<T> serde = new AvroSerde<>();
        serde.configure(config, false);
        return serde;
    }

    /** A serde for values of one class: to the deserializer, any other record is undecodable. */
    public static <T extends SpecificRecord> AvroSerde<T> forValues(Class<T> type, Map<String, ?> config) {
        Map<String, Object> typed = new HashMap<>(config);
        typed.put(AvroDeserializer.VALUE_TYPE, type);
        typed.put(AvroDeserializer.SPECIFIC_READER, true);
        return forValues(typed);
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        SchemaRegistryClient registry = SchemaRegistryClient.of(config);
        ClientConfig settings = new ClientConfig(config);
        serializer.configure(registry, settings, isKey);
        deserializer.configure(registry, settings, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
