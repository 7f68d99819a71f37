package io.lexstream.schemas;

import java.nio.ByteBuffer;

/** Confluent's frame around Avro binary: a zero byte and the schema's id, 4 bytes, big-endian. */
final class WireFormat {
    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** @throws UndecodableException if {@code bytes} do not begin with such a header */
    static int schemaId(String topic, byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
            throw new UndecodableException(topic + ": " + bytes.length
                    + " bytes do not begin with a zero byte and a schema id; were they written without a registry?");
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        if (id < 0) {
            throw new UndecodableException(topic + ": schema id " + id + " is negative");
        }
        return id;
    }
}
