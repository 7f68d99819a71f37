package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdeTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SchemaRegistryClient client = registry.client();

    static List<SpecificRecord> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyRecordComesBackAsItWas(SpecificRecord record) {
        byte[] bytes = serialize(serializer(Map.of()), "t", record);

        assertThat(bytes).startsWith(0, 0, 0, 0, 1);
        assertThat(deserializer(Map.of()).deserialize("t", bytes)).isEqualTo(record);
    }

    @Test
    void nullStaysNull() {
        assertThat(serializer(Map.of()).serialize("t", null)).isNull();
        assertThat(deserializer(Map.of()).deserialize("t", null)).isNull();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void theRegistryIsAskedOncePerSchema() {
        AvroSerializer<IndexedRecord> serializer = serializer(Map.of());
        AvroDeserializer<IndexedRecord> deserializer = deserializer(Map.of());

        for (int i = 0; i < 3; i++) {
            deserializer.deserialize("t", serializer.serialize("t", Samples.event()));
        }

        assertThat(registry.requests()).containsExactly("POST /subjects/t-value/versions", "GET /schemas/ids/1");
    }

    @Test
    void withoutAutoRegisterOnlyASchemaThatIsThereIsWritten() {
        AvroSerializer<IndexedRecord> serializer = serializer(Map.of("auto.register.schemas", false));

        assertThatThrownBy(() -> serializer.serialize("t", Samples.event()))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("subject t-value");
        registry.add("t-value", TextEvent.SCHEMA$.toString());
        assertThat(serializer.serialize("t", Samples.event())).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void theLatestVersionsLayoutIsKeptWhenItDiffersFromOurs() {
        Schema latest = SchemaBuilder.record("TextEvent")
                .namespace("io.lexstream.schemas")
                .fields()
                .name("mood")
                .type()
                .stringType()
                .stringDefault("calm")
                .requiredString("text")
                .requiredString("id")
                .endRecord();
        registry.add("t-value", TextEvent.SCHEMA$.toString());
        registry.add("t-value", latest.toString());
        Map<String, Object> config = Map.of("auto.register.schemas", false, "use.latest.version", true);

        byte[] bytes = serialize(serializer(config), "t", Samples.event());

        IndexedRecord read = deserializer(Map.of("specific.avro.reader", false)).deserialize("t", bytes);
        assertThat(bytes).startsWith(0, 0, 0, 0, 2);
        assertThat(read).isInstanceOfSatisfying(GenericRecord.class, record -> {
            assertThat(record.get("mood")).hasToString("calm");
            assertThat(record.get("id")).hasToString("e-1");
        });
    }

    @Test
    void aLatestVersionThatCannotHoldOurRecordIsRefused() {
        registry.add(
                "t-value",
                "{\"type\":\"record\",\"name\":\"io.lexstream.schemas.TextEvent\",\"fields\":"
                        + "[{\"name\":\"must\",\"type\":\"int\"}]}");
        Map<String, Object> config = Map.of("auto.register.schemas", false, "use.latest.version", true);

        assertThatThrownBy(() -> serializer(config).serialize("t", Samples.event()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("t-value", "version 1", "use.latest.version");
    }

    @Test
    void anOlderWritersRecordIsReadWithDefaults() {
        Schema older = SchemaBuilder.record("TextEvent")
                .namespace("io.lexstream.schemas")
                .fields()
                .requiredString("id")
                .requiredString("text")
                .endRecord();
        GenericRecord record =
                new GenericRecordBuilder(older).set("id", "1").set("text", "x").build();

        byte[] bytes = serialize(serializer(Map.of()), "t", record);

        assertThat(deserializer(typed(TextEvent.class)).deserialize("t", bytes))
                .isEqualTo(TextEvent.newBuilder().setId("1").setText("x").build());
    }

    @Test
    void aSchemaMayReferToAnotherSubject() {
        registry.add("ref", ModelRef.SCHEMA$.toString());
        String whole = ClassificationResult.SCHEMA$.toString();
        String referring = whole.replace(ModelRef.SCHEMA$.toString(), "\"io.lexstream.schemas.ModelRef\"");
        registry.addWithReference("t-value", referring, "io.lexstream.schemas.ModelRef", "ref", 1);
        byte[] bytes = serialize(serializer(Map.of()), "other", Samples.result());
        bytes[4] = 2;

        assertThat(deserializer(Map.of()).deserialize("t", bytes)).isEqualTo(Samples.result());
    }

    @Test
    void anotherRecordThanExpectedIsUndecodable() {
        byte[] label = serialize(serializer(Map.of()), "t", Samples.label());

        assertThatThrownBy(() -> deserializer(typed(TextEvent.class)).deserialize("t", label))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContainingAll("schema id 1", TextLabel.class.getName(), TextEvent.class.getName());
    }

    @Test
    void anUnknownIdIsToldApartAndNotAskedForAgainAtOnce() {
        byte[] bytes = serialize(serializer(Map.of()), "t", Samples.event());
        bytes[4] = 99;
        AvroDeserializer<IndexedRecord> deserializer = deserializer(Map.of());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> deserializer.deserialize("t", bytes))
                    .isInstanceOf(SchemaNotFoundException.class)
                    .hasMessageContaining("schema id 99");
        }

        assertThat(registry.requests())
                .filteredOn("GET /schemas/ids/99"::equals)
                .hasSize(1);
    }

    @Test
    void aSchemaOfAnotherKindIsUndecodable() {
        registry.add("t-value", "\"string\"");
        registry.add("t-value", "{\"type\":\"record\",\"name\":\"javax.swing.JFrame\",\"fields\":[]}");
        registry.add("t-value", "{\"type\":\"record\",\"name\":\"nobody.Knows\",\"fields\":[]}");
        registry.add("t-value", "syntax = \"proto3\";");
        AvroDeserializer<IndexedRecord> deserializer = deserializer(Map.of());

        for (byte id = 1; id <= 4; id++) {
            byte[] bytes = {0, 0, 0, 0, id, 2, 'x'};
            assertThatThrownBy(() -> deserializer.deserialize("t", bytes))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("schema id " + id);
        }
    }

    @Test
    void bytesBehindTheRecordAreIgnored() {
        byte[] bytes = serialize(serializer(Map.of()), "t", Samples.event());

        assertThat(deserializer(Map.of()).deserialize("t", Arrays.copyOf(bytes, bytes.length + 9)))
                .isEqualTo(Samples.event());
    }

    @Test
    void aGenericRecordIsWrittenAndReadToo() {
        GenericRecord record = new GenericData.Record(
                SchemaBuilder.record("my.Own").fields().requiredLong("n").endRecord());
        record.put("n", 5L);

        byte[] bytes = serialize(serializer(Map.of()), "t", record);

        assertThat(deserializer(Map.of("specific.avro.reader", "false")).deserialize("t", bytes))
                .isEqualTo(record);
    }

    @Test
    void aRecordThatCannotBeWrittenNamesTheSubjectAndNoText() {
        TextEvent hollow = new TextEvent();
        hollow.setId("secret text");

        assertThatThrownBy(() -> serializer(Map.of()).serialize("t", hollow))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("t-value", TextEvent.class.getName())
                .hasMessageNotContaining("secret");
    }

    @Test
    void badSettingsAreRefusedByName() {
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("value.subject.name.strategy", "MyStrategy"),
                Map.of("auto.register.schemas", "perhaps"),
                Map.of("specific.avro.value.type", "java.lang.String"))) {
            Map<String, Object> config = new HashMap<>(bad);
            config.put("schema.registry.url", "http://localhost:1");
            assertThatThrownBy(() -> AvroSerde.forValues(config))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(bad.keySet().iterator().next());
        }
    }

    @Test
    void textThatIsNotUtf8IsUndecodableButAReplacementCharacterIsText() {
        byte[] bytes = serialize(serializer(Map.of()), "t", Samples.event());
        String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] damaged = latin1.replace("Tasse", "T\u00FFsse").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", damaged))
                .isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() ->
                        deserializer(Map.of("specific.avro.reader", false)).deserialize("t", damaged))
                .isInstanceOf(UndecodableException.class);
        assertThat(Samples.event().getText()).contains("\uFFFD");
        assertThat(deserializer(Map.of()).deserialize("t", bytes)).isEqualTo(Samples.event());
    }

    private static byte[] serialize(AvroSerializer<IndexedRecord> serializer, String topic, IndexedRecord record) {
        return Objects.requireNonNull(serializer.serialize(topic, record));
    }

    private AvroSerializer<IndexedRecord> serializer(Map<String, ?> config) {
        AvroSerializer<IndexedRecord> serializer = new AvroSerializer<>();
        serializer.configure(client, new ClientConfig(config), false);
        return serializer;
    }

    private AvroDeserializer<IndexedRecord> deserializer(Map<String, ?> config) {
        AvroDeserializer<IndexedRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(client, new ClientConfig(config), false);
        return deserializer;
    }

    private static Map<String, Object> typed(Class<?> type) {
        return Map.of("specific.avro.value.type", type);
    }
}
