package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that somebody made to hurt: each is one exception, and costs no more memory than its length allows. */
class HostileBytesTest {
    private static final long MEMORY_PER_RECORD = 1 << 20;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SchemaRegistryClient client = registry.client();
    private final AvroDeserializer<IndexedRecord> deserializer = deserializer(Map.of());

    static List<SpecificRecord> samples() {
        return Samples.all();
    }

    @Test
    void bytesThatAreNotTheWireFormatAreUndecodable() {
        for (byte[] bytes : List.of(
                new byte[0],
                new byte[] {0},
                new byte[] {0, 0, 0, 0},
                new byte[] {1, 0, 0, 0, 1, 0},
                new byte[] {0, -1, -1, -1, -1, 0},
                "just some text".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> deserializer.deserialize("t", bytes))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageStartingWith("t: ");
        }
        assertThat(registry.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyTruncationIsUndecodable(SpecificRecord record) {
        byte[] whole = serialize(record);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> deserializer.deserialize("t", cut)).isInstanceOf(UndecodableException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyFlippedByteIsARecordOrUndecodableAndCheap(SpecificRecord record) {
        byte[] whole = serialize(record);
        SplittableRandom random = new SplittableRandom(7);
        deserializer.deserialize("t", whole);

        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                damaged[random.nextInt(WireFormat.HEADER_BYTES, damaged.length)] = (byte) random.nextInt();
            }
            long before = allocated();
            try {
                deserializer.deserialize("t", damaged);
            } catch (UndecodableException e) {
                assertThat(e).hasMessageStartingWith("t: ");
            }
            assertThat(allocated() - before).isLessThan(MEMORY_PER_RECORD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {1_000_000, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aHugeDeclaredLengthAllocatesNothing(long declared) throws IOException {
        assertCheaplyUndecodable(TextEvent.SCHEMA$, encoder -> {
            encoder.writeString("1");
            encoder.writeLong(declared);
        });
        assertCheaplyUndecodable(TextEvent.SCHEMA$, encoder -> {
            for (int field = 0; field < 4; field++) {
                encoder.writeString("");
            }
            encoder.writeLong(0);
            encoder.writeLong(declared);
        });
        assertCheaplyUndecodable(Deployment.SCHEMA$, encoder -> {
            for (int field = 0; field < 3; field++) {
                encoder.writeString("");
            }
            encoder.writeEnum(0);
            encoder.writeDouble(0);
            encoder.writeLong(declared);
        });
    }

    @Test
    void anEnumOutOfRangeIsUndecodable() throws IOException {
        assertCheaplyUndecodable(Deployment.SCHEMA$, encoder -> {
            for (int field = 0; field < 3; field++) {
                encoder.writeString("");
            }
            encoder.writeEnum(77);
        });
    }

    @Test
    void billionsOfItemsThatTakeNoBytesAreNotCountedOneByOne() throws IOException {
        Schema wider = SchemaBuilder.record("TextEvent")
                .namespace("io.lexstream.schemas")
                .fields()
                .name("extra")
                .type()
                .array()
                .items()
                .nullType()
                .noDefault()
                .requiredString("id")
                .requiredString("text")
                .endRecord();

        assertCheaplyUndecodable(wider, encoder -> {
            for (int block = 0; block < 20; block++) {
                encoder.writeLong(Integer.MAX_VALUE / 2);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true  | {'type':'array','items':'null'}",
                "true  | {'type':'array','items':{'type':'fixed','name':'F','size':0}}",
                "true  | {'type':'map','values':['null',{'type':'array','items':{'type':'record','name':'R','fields':[]}}]}",
                "true  | {'type':'array','items':{'type':'record','name':'R','fields':[{'name':'n','type':'null'}]}}",
                "true  | {'type':'array','items':{'type':'record','name':'R','fields':[{'name':'r','type':'R'}]}}",
                "false | {'type':'array','items':['null','string']}",
                "false | {'type':'map','values':'null'}",
                "false | {'type':'record','name':'R','fields':[{'name':'r','type':{'type':'array','items':'R'}},{'name':'i','type':'int'}]}"
            })
    void itemsThatTakeNoBytesAreFoundWhereverTheyAre(boolean found, String schema) {
        assertThat(ZeroByteItems.in(new Schema.Parser().parse(schema.replace('\'', '"'))))
                .isEqualTo(found);
    }

    @Test
    void recordsNestedWithoutEndAreUndecodable() throws IOException {
        Schema chain = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"my.Chain\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"my.Chain\"]}]}");
        byte[] bytes = framed(chain, encoder -> {
            for (int depth = 0; depth < 1_000_000; depth++) {
                encoder.writeIndex(1);
            }
        });

        assertThatThrownBy(() ->
                        deserializer(Map.of("specific.avro.reader", false)).deserialize("t", bytes))
                .isInstanceOf(UndecodableException.class);
    }

    private interface Payload {
        void write(BinaryEncoder encoder) throws IOException;
    }

    private void assertCheaplyUndecodable(Schema writer, Payload payload) throws IOException {
        byte[] bytes = framed(writer, payload);
        // The first call builds the reader.
        assertThatThrownBy(() -> deserializer.deserialize("t", bytes)).isInstanceOf(UndecodableException.class);

        long before = allocated();
        assertThatThrownBy(() -> deserializer.deserialize("t", bytes)).isInstanceOf(UndecodableException.class);
        assertThat(allocated() - before).isLessThan(MEMORY_PER_RECORD);
    }

    private byte[] framed(Schema writer, Payload payload) throws IOException {
        int id = client.register(writer.getName(), writer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(WireFormat.header(id));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        payload.write(encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private byte[] serialize(IndexedRecord record) {
        AvroSerializer<IndexedRecord> serializer = new AvroSerializer<>();
        serializer.configure(client, new ClientConfig(Map.of()), false);
        return Objects.requireNonNull(serializer.serialize(record.getSchema().getName(), record));
    }

    private AvroDeserializer<IndexedRecord> deserializer(Map<String, ?> config) {
        AvroDeserializer<IndexedRecord> made = new AvroDeserializer<>();
        made.configure(client, new ClientConfig(config), false);
        return made;
    }

    /** Bytes that this thread has allocated so far. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
