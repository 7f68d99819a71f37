package io.lexstream.schemas;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The reading half of {@link AvroSerde}, for {@code value.deserializer}; null stays null. */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String KEY_TYPE = "specific.avro.key.type";
    static final String VALUE_TYPE = "specific.avro.value.type";

    private @Nullable RecordReader reader;

    /** For Kafka, which calls {@link #configure} before use. */
    public AvroDeserializer() {}

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        configure(SchemaRegistryClient.of(config), new ClientConfig(config), isKey);
    }

    void configure(SchemaRegistryClient registry, ClientConfig config, boolean isKey) {
        String setting = isKey ? KEY_TYPE : VALUE_TYPE;
        Optional<Class<?>> expected = config.text(setting).map(name -> recordClass(setting, name));
        reader = new RecordReader(registry, !config.flag(SPECIFIC_READER, true), expected);
    }

    private static Class<?> recordClass(String setting, String name) {
        try {
            return Utils.loadClass(name, SpecificRecord.class);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new ConfigException(setting, name, "must be a class that Avro generated, on the class path");
        }
    }

    /**
     * @throws UndecodableException if the bytes are not such a record
     * @throws SchemaNotFoundException if the registry does not know the schema id that they name
     * @throws RegistryUnavailableException if no registry answered in time
     */
    @Override
    @SuppressWarnings("unchecked") // T is what the user says it is; with an expected type it is checked
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (reader == null) {
            throw new IllegalStateException("AvroDeserializer is not configured");
        }
        return bytes == null ? null : (T) reader.read(topic, bytes);
    }
}
