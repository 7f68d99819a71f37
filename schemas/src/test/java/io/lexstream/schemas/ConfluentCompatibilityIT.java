package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ours against Confluent's own serializer, deserializer and client 7.9.5, which the build unpacks from another jar. */
class ConfluentCompatibilityIT {
    private static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    private static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<SpecificRecord> samples() {
        return Samples.all();
    }

    @Test
    void theOracleIsConfluentsOwnCode() throws ReflectiveOperationException {
        String place = Class.forName(SERIALIZER)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        assertThat(place).contains("confluent-oracle");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bothWriteTheSameBytesAndReadEachOther(SpecificRecord record) throws ReflectiveOperationException {
        Map<String, Object> config = config(Map.of());

        byte[] theirs = serializer(SERIALIZER, config).serialize("t", record);
        byte[] ours = serializer(AvroSerializer.class.getName(), config).serialize("t", record);

        assertThat(ours).isEqualTo(theirs);
        assertThat(deserializer(AvroDeserializer.class.getName(), config).deserialize("t", theirs))
                .isEqualTo(record);
        assertThat(deserializer(DESERIALIZER, config).deserialize("t", ours)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bothReadTheSameGenericRecord(SpecificRecord record) throws ReflectiveOperationException {
        Map<String, Object> config = config(Map.of("specific.avro.reader", false));
        byte[] bytes = serializer(AvroSerializer.class.getName(), config).serialize("t", record);

        assertThat(deserializer(AvroDeserializer.class.getName(), config).deserialize("t", bytes))
                .isEqualTo(deserializer(DESERIALIZER, config).deserialize("t", bytes));
    }

    @Test
    void ourSerdeWorksByClassName() throws ReflectiveOperationException {
        Serde<Object> serde = create(AvroSerde.class.getName());
        serde.configure(config(Map.of()), true);

        byte[] bytes = serde.serializer().serialize("t", Samples.event());

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(Samples.event());
        assertThat(server.registry().subjects()).containsExactly("t-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy"})
    void subjectsHaveTheSameNames(String strategy) throws Exception {
        String confluents = "io.confluent.kafka.serializers.subject." + strategy;
        for (boolean isKey : List.of(true, false)) {
            String setting = (isKey ? "key" : "value") + ".subject.name.strategy";
            List<String> theirs = subjectsAfter(SERIALIZER, isKey, Map.of(setting, confluents));
            String ours = AvroSerializer.class.getName();

            assertThat(subjectsAfter(ours, isKey, Map.of(setting, confluents)))
                    .isEqualTo(theirs)
                    .hasSize(1);
            assertThat(subjectsAfter(ours, isKey, Map.of(setting, strategy))).isEqualTo(theirs);
            assertThat(subjectsAfter(ours, isKey, Map.of(setting, Class.forName(confluents))))
                    .isEqualTo(theirs);
        }
    }

    @Test
    void theLatestVersionIsWrittenAlike() throws ReflectiveOperationException {
        Map<String, Object> config = config(Map.of("auto.register.schemas", false, "use.latest.version", true));
        Schema older = SchemaBuilder.record("Older").fields().requiredInt("n").endRecord();
        server.registry().add("t-value", older.toString());
        server.registry().add("t-value", TextEvent.SCHEMA$.toString().replace("Names the event", "Calls the event"));

        byte[] theirs = serializer(SERIALIZER, config).serialize("t", Samples.event());

        assertThat(serializer(AvroSerializer.class.getName(), config).serialize("t", Samples.event()))
                .isEqualTo(theirs)
                .startsWith(0, 0, 0, 0, 2);
        assertThat(server.registry().requests()).noneMatch(request -> request.endsWith("/versions"));
    }

    @Test
    void bothRefuseALatestVersionThatCannotHoldTheRecord() throws ReflectiveOperationException {
        Map<String, Object> config = config(Map.of("auto.register.schemas", false, "use.latest.version", true));
        Schema other = SchemaBuilder.record("TextEvent")
                .namespace("io.lexstream.schemas")
                .fields()
                .requiredInt("n")
                .endRecord();
        server.registry().add("t-value", other.toString());

        for (String name : List.of(SERIALIZER, AvroSerializer.class.getName())) {
            Serializer<Object> serializer = serializer(name, config);
            assertThatThrownBy(() -> serializer.serialize("t", Samples.event()))
                    .as(name)
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void bothRegisterOnlyWhenAllowed() throws ReflectiveOperationException {
        Map<String, Object> config = config(Map.of("auto.register.schemas", "false"));
        for (String name : List.of(SERIALIZER, AvroSerializer.class.getName())) {
            Serializer<Object> serializer = serializer(name, config);
            assertThatThrownBy(() -> serializer.serialize("t", Samples.event()))
                    .isInstanceOf(SerializationException.class);
        }
        assertThat(server.registry().subjects()).isEmpty();

        server.registry().add("t-value", TextEvent.SCHEMA$.toString());

        assertThat(serializer(AvroSerializer.class.getName(), config).serialize("t", Samples.event()))
                .isEqualTo(serializer(SERIALIZER, config).serialize("t", Samples.event()));
    }

    @Test
    void bothShowTheSameCredentials() throws ReflectiveOperationException {
        String jaas =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"bob\" password=\"p;w\";";
        for (Map<String, Object> credentials : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("basic.auth.credentials.source", "URL", "schema.registry.url", server.url("ann:se%20c:ret@")),
                Map.of("basic.auth.credentials.source", "URL"),
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "bob:pä:ss"),
                Map.of("basic.auth.credentials.source", "USER_INFO", "schema.registry.basic.auth.user.info", "bob:x"),
                Map.of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas),
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0k"))) {
            Map<String, Object> config = config(credentials);

            List<String> theirs = authorizationsAfter(SERIALIZER, config);

            assertThat(authorizationsAfter(AvroSerializer.class.getName(), config))
                    .as("%s", credentials)
                    .isEqualTo(theirs);
        }
    }

    private List<String> authorizationsAfter(String serializer, Map<String, Object> config)
            throws ReflectiveOperationException {
        int before = server.authorizations().size();
        serializer(serializer, config).serialize("t", Samples.event());
        List<String> all = server.authorizations();
        return all.subList(before, all.size());
    }

    private List<String> subjectsAfter(String serializer, boolean isKey, Map<String, Object> extra) throws Exception {
        try (RegistryServer own = RegistryServer.start()) {
            Map<String, Object> config = new HashMap<>(extra);
            config.put("schema.registry.url", own.url());
            Serializer<Object> made = create(serializer);
            made.configure(config, isKey);
            made.serialize("some.topic", Samples.event());
            return own.registry().subjects();
        }
    }

    private Map<String, Object> config(Map<String, Object> extra) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", server.url());
        config.put("specific.avro.reader", true);
        config.putAll(extra);
        return config;
    }

    private static Serializer<Object> serializer(String name, Map<String, Object> config)
            throws ReflectiveOperationException {
        Serializer<Object> serializer = create(name);
        serializer.configure(config, false);
        return serializer;
    }

    private static Deserializer<Object> deserializer(String name, Map<String, Object> config)
            throws ReflectiveOperationException {
        TrustedRecords.allow();
        Deserializer<Object> deserializer = create(name);
        deserializer.configure(config, false);
        return deserializer;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // every caller knows what the name names
    private static <T> T create(String name) throws ReflectiveOperationException {
        return (T) Class.forName(name).getDeclaredConstructor().newInstance();
    }
}
