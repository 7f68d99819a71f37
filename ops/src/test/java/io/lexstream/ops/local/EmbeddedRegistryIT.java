package io.lexstream.ops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedRegistryIT {
    private static final String FIRST = record("{'name':'a','type':'string'}");
    private static final String WITH_DEFAULT =
            record("{'name':'a','type':'string'},{'name':'b','type':'int','default':7}");
    private static final String WITHOUT_DEFAULT = record("{'name':'a','type':'string'},{'name':'c','type':'int'}");

    @TempDir
    static Path directory;

    static EmbeddedKafka kafka;
    static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void confluentsSerializerAndDeserializerWorkWithIt() throws Exception {
        var confluent = new ConfluentClient(registry.url());
        GenericRecord value =
                new GenericRecordBuilder(schema(FIRST)).set("a", "grüße").build();

        byte[] bytes = confluent.serializer().serialize("round-trip", value);

        assertThat(String.valueOf(confluent.deserializer().deserialize("round-trip", bytes)))
                .isEqualTo(value.toString());
        assertThat(bytes[0]).isZero();
        assertThat(confluent.versions("round-trip-value")).isEqualTo(List.of(1));
    }

    @Test
    void confluentsClientFindsWhatItRegistered() throws Exception {
        var writer = new ConfluentClient(registry.url());
        var reader = new ConfluentClient(registry.url());

        int id = writer.register("found", schema(FIRST));
        int next = writer.register("found", schema(WITH_DEFAULT));

        assertThat(reader.id("found", schema(FIRST))).isEqualTo(id).isNotEqualTo(next);
        assertThat(reader.version("found", schema(WITH_DEFAULT))).isEqualTo(2);
        assertThat(reader.versions("found")).isEqualTo(List.of(1, 2));
        assertThat(reader.schema(id)).isEqualTo(schema(FIRST).toString());
        assertThat(reader.latestSchema("found")).isEqualTo(schema(WITH_DEFAULT).toString());
        assertThat(reader.isCompatible("found", schema(WITHOUT_DEFAULT))).isFalse();
        assertThat(reader.isCompatible("never-heard-of", schema(FIRST))).isTrue();
        assertThat(reader.setLevel("found", "FULL")).isEqualTo("FULL");
        assertThat(reader.level("found")).isEqualTo("FULL");
        assertThat(reader.deleteSubject("found")).isEqualTo(List.of(1, 2));
        assertThat(reader.subjects().contains("found")).isFalse();
    }

    @Test
    void anIncompatibleSchemaIsRefusedUntilTheLevelAllowsIt() throws Exception {
        var confluent = new ConfluentClient(registry.url());
        confluent.register("evolving", schema(FIRST));

        assertThatThrownBy(() -> confluent.register("evolving", schema(WITHOUT_DEFAULT)))
                .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE")
                .hasMessageContaining("error code: 409");
        assertThat(caller().register("evolving", WITHOUT_DEFAULT).status()).isEqualTo(409);

        confluent.setLevel("evolving", "NONE");
        assertThat(confluent.register("evolving", schema(WITHOUT_DEFAULT))).isPositive();
    }

    @Test
    void clientsThatRegisterOneSchemaAtTheSameTimeGetOneId() throws Exception {
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String subject = "crowded-" + i % 3;
            clients.add(() -> caller().register(subject, record("{'name':'crowded','type':'long'}"))
                    .body()
                    .path("id")
                    .asInt());
        }

        Set<Integer> ids = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            for (Future<Integer> id : threads.invokeAll(clients)) {
                ids.add(id.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(ids).hasSize(1).doesNotContain(0);
        assertThat(caller().get("/subjects/crowded-0/versions").toString()).isEqualTo("[1]");
    }

    @Test
    void aRestartKeepsIdsLevelsAndDeletions() throws Exception {
        int id = caller().register("kept", FIRST).body().path("id").asInt();
        caller().call("PUT", "/config/kept", "{\"compatibility\":\"FORWARD_TRANSITIVE\"}");
        caller().register("hidden", FIRST);
        caller().call("DELETE", "/subjects/hidden", "");
        caller().register("removed", FIRST);
        caller().call("DELETE", "/subjects/removed/versions/1", "");
        caller().call("DELETE", "/subjects/removed/versions/1?permanent=true", "");

        restartRegistry();

        assertThat(caller().register("kept", FIRST).body().path("id").asInt()).isEqualTo(id);
        assertThat(caller().get("/subjects/kept/versions").toString()).isEqualTo("[1]");
        assertThat(caller().get("/config/kept").path("compatibilityLevel").asText())
                .isEqualTo("FORWARD_TRANSITIVE");
        assertThat(caller().call("GET", "/subjects/hidden/versions", "").code()).isEqualTo(40401);
        assertThat(caller().get("/subjects/hidden/versions?deleted=true").toString())
                .isEqualTo("[1]");
        assertThat(caller().call("GET", "/subjects/removed/versions?deleted=true", "")
                        .code())
                .isEqualTo(40401);
    }

    @Test
    void aSubjectIsRemovedForGoodOnlyAfterItWasHidden() throws Exception {
        caller().register("twice", FIRST);

        assertThat(caller().call("DELETE", "/subjects/twice?permanent=true", "").code())
                .isEqualTo(40405);
        assertThat(caller().call("DELETE", "/subjects/twice/versions/1?permanent=true", "")
                        .code())
                .isEqualTo(40407);
        caller().call("DELETE", "/subjects/twice", "");
        assertThat(caller().call("DELETE", "/subjects/twice?permanent=true", "")
                        .body()
                        .toString())
                .isEqualTo("[1]");

        assertThat(caller().register("twice", WITHOUT_DEFAULT).status()).isEqualTo(200);
        assertThat(caller().get("/subjects/twice/versions").toString()).isEqualTo("[1]");
    }

    @Test
    void aTopicThatConfluentsRegistryWroteIsTakenOver() throws Exception {
        var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
        try (producer) {
            put(producer, "{'keytype':'NOOP','magic':0}", null);
            put(producer, "not json", "{}");
            put(
                    producer,
                    "{'keytype':'SCHEMA','subject':'theirs','version':1,'magic':1}",
                    "{'subject':'theirs','version':1,'id':4711,'md5':'x','schema':'\\'string\\'','deleted':false}");
            put(
                    producer,
                    "{'keytype':'SCHEMA','subject':'theirs','version':2,'magic':1}",
                    "{'subject':'theirs','version':2,'id':4712,'schema':'\\'bytes\\'','deleted':false}");
            put(
                    producer,
                    "{'keytype':'DELETE_SUBJECT','subject':'theirs','magic':0}",
                    "{'subject':'theirs','version':1}");
            put(producer, "{'keytype':'CONFIG','subject':'theirs','magic':0}", "{'compatibilityLevel':'NONE'}");
        }

        restartRegistry();

        assertThat(caller().get("/subjects/theirs/versions").toString()).isEqualTo("[2]");
        assertThat(caller().get("/schemas/ids/4711").path("schema").asText()).isEqualTo("\"string\"");
        assertThat(caller().get("/config/theirs").path("compatibilityLevel").asText())
                .isEqualTo("NONE");
        assertThat(caller().register("ours", "\"double\"").body().path("id").asInt())
                .isEqualTo(4713);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /subjects/s/versions             | {"schema":                                  | 400   | not JSON
            POST   | /subjects/s/versions             | [1]                                         | 400   | not a JSON object
            POST   | /subjects/s/versions             | {}                                          | 42201 | 'schema' is missing
            POST   | /subjects/s/versions             | {"schema":"{\\"type\\":\\"nonsense\\"}"}    | 42201 | MUST be a primitive type
            POST   | /subjects/s/versions             | {"schema":"\\"int\\"","schemaType":"JSON"}  | 42201 | AVRO only, not JSON
            POST   | /subjects/s/versions             | {"schema":"\\"int\\"","references":[{}]}    | 42201 | references
            POST   | /subjects/s/versions             | {"schema":"\\"int\\"","id":7}               | 42205 | import mode
            GET    | /subjects/nobody/versions        |                                             | 40401 | nobody
            GET    | /subjects/round%2Ftrip/versions  |                                             | 40401 | round/trip
            GET    | /subjects/known/versions/9       |                                             | 40402 | 9
            GET    | /subjects/known/versions/0       |                                             | 42202 | 0
            GET    | /subjects/known/versions/x       |                                             | 42202 | x
            POST   | /subjects/known                  | {"schema":"\\"boolean\\""}                  | 40403 | not found
            GET    | /schemas/ids/999999              |                                             | 40403 | 999999
            GET    | /schemas/ids/x                   |                                             | 404   | Not Found
            GET    | /config/nobody                   |                                             | 40408 | nobody
            PUT    | /config                          | {"compatibility":"SIDEWAYS"}                | 42203 | SIDEWAYS
            PUT    | /mode                            | {"mode":"IMPORT"}                           | 42204 | IMPORT
            POST   | /compatibility/subjects/known/versions/9 | {"schema":"\\"int\\""}              | 40402 | 9
            PATCH  | /subjects                        |                                             | 405   | Not Allowed
            GET    | /nowhere                         |                                             | 404   | Not Found
            """)
    void aWrongRequestIsAnsweredByItsErrorCode(String method, String path, String body, int code, String message)
            throws Exception {
        caller().register("known", "\"int\"");

        var answer = caller().call(method, path, body == null ? "" : body);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code < 1000 ? code : code / 100);
        assertThat(answer.body().path("message").asText()).contains(message);
    }

    @Test
    void aHugeRequestIsRefused() throws Exception {
        assertThat(caller().register("huge", "\"" + "x".repeat(1 << 20) + "\"").status())
                .isEqualTo(413);
    }

    @Test
    void aTakenPortIsReplacedByAFreeOne() throws Exception {
        try (var second = EmbeddedRegistry.start(kafka.bootstrapServers(), registry.port())) {
            assertThat(second.port()).isNotEqualTo(registry.port());
            assertThat(new RegistryCaller(second.url()).get("/schemas/types").toString())
                    .isEqualTo("[\"AVRO\"]");
        }
    }

    private static RegistryCaller caller() {
        return new RegistryCaller(registry.url());
    }

    private static void restartRegistry() throws IOException {
        registry.close();
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
    }

    private static void put(KafkaProducer<String, String> producer, String key, @Nullable String value)
            throws Exception {
        producer.send(new ProducerRecord<>("_schemas", json(key), value == null ? null : json(value)))
                .get();
    }

    private static String record(String fields) {
        return json("{'type':'record','name':'R','fields':[" + fields + "]}");
    }

    /** JSON that is easier to read in Java. */
    private static String json(String quotedSingly) {
        return quotedSingly.replace('\'', '"');
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }
}
