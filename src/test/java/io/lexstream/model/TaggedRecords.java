package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.RegistryUnavailableException;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.schemas.UndecodableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Stands for the Avro serde, without a registry: a letter for the type, then Avro. */
final class TaggedRecords implements Serializer<SpecificRecord>, Deserializer<SpecificRecord> {
    private boolean registryIsAway;

    TaggedRecords() {
        TrustedRecords.allow();
    }

    void setRegistryAway(boolean away) {
        registryIsAway = away;
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord value) {
        try {
            return value instanceof ModelManifest manifest
                    ? tagged('m', manifest.toByteBuffer())
                    : tagged('d', ((Deployment) value).toByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] tagged(char tag, ByteBuffer avro) {
        return ByteBuffer.allocate(avro.remaining() + 1)
                .put((byte) tag)
                .put(avro)
                .array();
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes) {
        if (registryIsAway) {
            throw new RegistryUnavailableException("registry is away", new IOException());
        }
        ByteBuffer avro = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        try {
            return switch (bytes[0]) {
                case 'm' -> ModelManifest.fromByteBuffer(avro);
                case 'd' -> Deployment.fromByteBuffer(avro);
                default -> throw new UndecodableException("tag " + bytes[0]);
            };
        } catch (IOException | AvroRuntimeException e) {
            throw new UndecodableException("not Avro", e);
        }
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {}

    @Override
    public void close() {}
}
