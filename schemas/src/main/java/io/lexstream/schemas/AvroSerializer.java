package io.lexstream.schemas;

import io.lexstream.schemas.RecordWriter.IdSource;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The writing half of {@link AvroSerde}, for {@code value.serializer}; null stays null. */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
    private @Nullable RecordWriter writer;

    /** For Kafka, which calls {@link #configure} before use. */
    public AvroSerializer() {}

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        configure(SchemaRegistryClient.of(config), new ClientConfig(config), isKey);
    }

    void configure(SchemaRegistryClient registry, ClientConfig config, boolean isKey) {
        String setting = isKey ? "key.subject.name.strategy" : "value.subject.name.strategy";
        SubjectNaming naming = SubjectNaming.named(setting, config.text(setting, "TopicNameStrategy"));
        writer = new RecordWriter(registry, naming, isKey, idSource(config));
    }

    /** Registering goes before the latest version, as in Confluent's serializer. */
    private static IdSource idSource(ClientConfig config) {
        if (config.flag("auto.register.schemas", true)) {
            return IdSource.REGISTER;
        }
        return config.flag("use.latest.version", false) ? IdSource.LATEST : IdSource.LOOKUP;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (writer == null) {
            throw new IllegalStateException("AvroSerializer is not configured");
        }
        return record == null ? null : writer.write(topic, record);
    }
}
