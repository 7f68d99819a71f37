package io.lexstream.ops.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.events.DeadLetter;
import io.lexstream.schemas.SchemaNotFoundException;
import io.lexstream.schemas.SchemaRegistryClient;
import io.lexstream.schemas.UndecodableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Any record as one JSON object: where it stands, its key, its value decoded as far as that is possible, its headers.
 *
 * <p>Avro in Confluent's wire format is read with the schema that wrote it; UTF-8 stays text; the rest is base64.
 */
public final class RecordJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int WIRE_HEADER_BYTES = 5;
    private static final int MOST_BASE64_BYTES = 64 * 1024;

    private final IntFunction<Optional<Schema>> schemas;

    /** @param schemas finds the schema of an id in the registry; empty = there is none */
    public RecordJson(IntFunction<Optional<Schema>> schemas) {
        this.schemas = schemas;
    }

    /** Reads with the registry's schemas; a registry that is away is an error, an id that it does not know is not. */
    public static RecordJson with(SchemaRegistryClient registry) {
        return new RecordJson(id -> {
            try {
                return Optional.of(registry.getById(id));
            } catch (SchemaNotFoundException | UndecodableException e) {
                return Optional.empty();
            }
        });
    }

    public ObjectNode of(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode object = JSON.createObjectNode();
        object.put("topic", record.topic());
        object.put("partition", record.partition());
        object.put("offset", record.offset());
        object.put("time", Instant.ofEpochMilli(record.timestamp()).toString());
        object.set("key", text(record.key()));
        Optional<DeadLetterHeaders> deadLetter = DeadLetterHeaders.of(record.headers());
        deadLetter.ifPresent(headers -> object.set("deadLetter", headers.toJson()));
        object.set("value", value(record.value()));
        ObjectNode headers = JSON.createObjectNode();
        for (Header header : deadLetter.isPresent() ? DeadLetter.originalHeaders(record.headers()) : record.headers()) {
            headers.set(header.key(), text(header.value()));
        }
        if (!headers.isEmpty()) {
            object.set("headers", headers);
        }
        return object;
    }

    /** The object on one line. */
    public static String line(JsonNode object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree can always be written
        }
    }

    private JsonNode value(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length < WIRE_HEADER_BYTES || bytes[0] != 0) {
            return text(bytes);
        }
        int schemaId = ByteBuffer.wrap(bytes).getInt(1);
        return schemas.apply(schemaId).flatMap(schema -> avro(bytes, schema)).orElseGet(() -> text(bytes));
    }

    private static Optional<JsonNode> avro(byte[] bytes, Schema schema) {
        try {
            var decoder = DecoderFactory.get()
                    .binaryDecoder(bytes, WIRE_HEADER_BYTES, bytes.length - WIRE_HEADER_BYTES, null);
            Object datum = new GenericDatumReader<>(schema, schema, new GenericData()).read(null, decoder);
            return Optional.of(AvroJson.of(datum));
        } catch (IOException | AvroRuntimeException e) {
            return Optional.empty(); // not what its header promises: shown as the bytes it is
        }
    }

    private static JsonNode text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return JsonNodeFactory.instance.textNode(text);
        } catch (CharacterCodingException e) {
            return binary(bytes);
        }
    }

    private static JsonNode binary(byte[] bytes) {
        ObjectNode object = JSON.createObjectNode().put("bytes", bytes.length);
        return bytes.length > MOST_BASE64_BYTES
                ? object
                : object.put("base64", Base64.getEncoder().encodeToString(bytes));
    }
}
