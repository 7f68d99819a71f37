package io.lexstream.ops.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lexstream.events.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private static final int SCHEMA_ID = 7;
    private static final Schema SCHEMA = SchemaBuilder.record("Thing")
            .fields()
            .requiredString("name")
            .name("scores")
            .type()
            .map()
            .values()
            .doubleType()
            .noDefault()
            .name("parts")
            .type()
            .array()
            .items()
            .longType()
            .noDefault()
            .optionalBytes("blob")
            .endRecord();

    private final RecordJson records = new RecordJson(id -> id == SCHEMA_ID ? Optional.of(SCHEMA) : Optional.empty());

    @Test
    void avroIsReadWithTheSchemaThatWroteIt() throws IOException {
        GenericRecord thing = new GenericRecordBuilder(SCHEMA)
                .set("name", "n")
                .set("scores", Map.of("b", 0.25, "a", 0.75))
                .set("parts", List.of(1L, 2L))
                .set("blob", ByteBuffer.wrap(new byte[] {1, 2}))
                .build();

        JsonNode value = records.of(record(wire(SCHEMA_ID, thing))).get("value");

        assertThat(RecordJson.line(value))
                .isEqualTo("{\"name\":\"n\",\"scores\":{\"a\":0.75,\"b\":0.25},\"parts\":[1,2],\"blob\":\"AQI=\"}");
    }

    @Test
    void textStaysText() {
        assertThat(records.of(record("plain ✓".getBytes(StandardCharsets.UTF_8)))
                        .get("value")
                        .asText())
                .isEqualTo("plain ✓");
    }

    @Test
    void whatCannotBeDecodedIsShownAsBytes() {
        JsonNode unknownSchema =
                records.of(record(new byte[] {0, 0, 0, 0, 99, (byte) 0xff})).get("value");
        JsonNode cutShort = records.of(record(new byte[] {0, 0, 0, 0, SCHEMA_ID, (byte) 0xff}))
                .get("value");

        assertThat(unknownSchema.get("base64").asText()).isEqualTo("AAAAAGP/");
        assertThat(cutShort.get("base64").asText()).isEqualTo("AAAAAAf/");
    }

    @Test
    void aLargeBinaryIsOnlyMeasured() {
        byte[] chunk = new byte[100_000];
        chunk[0] = (byte) 0xff;

        JsonNode value = records.of(record(chunk)).get("value");

        assertThat(RecordJson.line(value)).isEqualTo("{\"bytes\":100000}");
    }

    @Test
    void aTombstoneIsNull() {
        assertThat(records.of(record(null)).get("value").isNull()).isTrue();
    }

    @Test
    void aDeadLetterTellsWhyAndWhereFrom() {
        ConsumerRecord<byte[], byte[]> record = record("??".getBytes(StandardCharsets.UTF_8));
        header(record, DeadLetter.REASON, "undecodable");
        header(record, DeadLetter.TOPIC, "text.events");
        header(record, DeadLetter.PARTITION, "3");
        header(record, DeadLetter.OFFSET, "17");
        header(record, "trace", "abc");

        JsonNode object = records.of(record);

        assertThat(RecordJson.line(object.get("deadLetter")))
                .isEqualTo("{\"reason\":\"undecodable\","
                        + "\"source\":{\"topic\":\"text.events\",\"partition\":3,\"offset\":17}}");
        assertThat(RecordJson.line(object.get("headers"))).isEqualTo("{\"trace\":\"abc\"}");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>("topic", 0, 1, "key".getBytes(StandardCharsets.UTF_8), value);
    }

    private static void header(ConsumerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] wire(int schemaId, GenericRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
        return bytes.toByteArray();
    }
}
