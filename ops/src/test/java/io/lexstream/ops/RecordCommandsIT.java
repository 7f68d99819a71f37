package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.events.DeadLetter;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.ops.local.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read and write records, on a real broker and registry. */
class RecordCommandsIT {
    @TempDir
    private static Path home;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(home.resolve("kafka")));
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void createMakesTheTopicsOnce() {
        ShellFixture first = run("", "topics", "create", "--partitions", "2");
        ShellFixture second = run("", "topics", "create", "--partitions", "2");

        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("text.events").contains("model.blobs").doesNotContain("created");
    }

    @Test
    void createFindsATopicThatWouldForget() {
        createTopic("my.models");
        Path config = home.resolve("settings.properties");
        write(config, "topic.models=my.models");

        ShellFixture created = run("", "topics", "create", "--config", config.toString());

        assertThat(created.exitCode()).isEqualTo(1);
        assertThat(created.out()).contains("my.models").contains("cleanup.policy is delete and must be compact");
    }

    @Test
    void aTrialIsBegunShownAndEnded() throws IOException {
        run("", "topics", "create");
        ShellFixture keygen = new ShellFixture(home);
        keygen.run("", "models", "keygen", "--out", home.resolve("signing.key").toString());
        Path config = home.resolve("keys.properties");
        write(config, keygen.out());
        Path starter = Path.of("models", "sentiment");
        Path second = Files.createDirectory(home.resolve("second"));
        try (Stream<Path> files = Files.list(starter)) {
            for (Path file : files.toList()) {
                Files.copy(file, second.resolve(file.getFileName()));
            }
        }
        String manifest = Files.readString(second.resolve("manifest.json"));
        Files.writeString(
                second.resolve("manifest.json"),
                manifest.replaceFirst("\"version\" : \"[^\"]*\"", "\"version\" : \"second\""));
        models(config, "publish", starter.toString());
        models(config, "publish", second.toString(), "--no-promote");

        ShellFixture begun = models(config, "promote", "sentiment@second", "--canary", "0.25");

        assertThat(begun.err()).isEmpty();
        assertThat(begun.out()).contains("sentiment@second is tried: 25 % of the keys get its results");
        assertThat(models(config, "list").out())
                .contains("? sentiment@second")
                .contains("tried: 25 % of the keys get its results");
        assertThat(models(config, "list", "--json").out())
                .contains("\"tried\":true,\"mode\":\"CANARY\",\"share\":0.25");
        assertThat(models(config, "promote", "sentiment@second", "--shadow").out())
                .contains("100 % of the keys, silently");
        assertThat(models(config, "rollback", "sentiment", "--trial").exitCode())
                .isZero();
        assertThat(models(config, "list").out()).doesNotContain("tried").contains("  sentiment@second");
    }

    @Test
    void whatIsSentAsAvroComesBackDecoded() {
        createTopic("avro.events");

        ShellFixture sent = run(
                "plain text\n\n{\"text\":\"from an object\",\"key\":\"k2\",\"id\":\"e2\"}\n",
                "send",
                "--topic",
                "avro.events",
                "--key",
                "k1",
                "-");
        ShellFixture tail = tail("avro.events", 2);

        assertThat(sent.out()).startsWith("sent 2 to avro.events");
        assertThat(tail.lines()).hasSize(2);
        assertThat(tail.out())
                .contains("\"key\":\"k1\"")
                .contains("\"text\":\"plain text\"")
                .contains("\"key\":\"k2\"")
                .contains("\"id\":\"e2\",\"text\":\"from an object\"");
    }

    @Test
    void textAndJsonAreSentAsTheyAre() {
        createTopic("other.events");

        run("just text\n", "send", "--topic", "other.events", "--format", "text", "-");
        run("{\"text\":\"a text\",\"id\":\"e1\"}\n", "send", "--topic", "other.events", "--format", "json", "-");
        ShellFixture tail = tail("other.events", 2);

        assertThat(tail.out()).contains("\"value\":\"just text\"").contains("\\\"id\\\":\\\"e1\\\"");
    }

    @Test
    void aBadLineIsNamedAndWhatCameBeforeItIsSent() {
        createTopic("bad.events");

        ShellFixture sent = run("good\n{\"no\":\"text\"}\nnever\n", "send", "--topic", "bad.events", "-");

        assertThat(sent.exitCode()).isEqualTo(1);
        assertThat(sent.err()).isEqualTo("lexstream: line 2: TextEvent needs a \"text\"; the 1 before it were sent\n");
        assertThat(tail("bad.events", 5).lines()).hasSize(1);
    }

    @Test
    void aTopicThatIsNotThereIsAnError() {
        ShellFixture tail = tail("no.such.topic", 1);

        assertThat(tail.exitCode()).isEqualTo(1);
        assertThat(tail.err()).startsWith("lexstream: there is no topic no.such.topic");
    }

    @Test
    void deadLettersAreSentAgainOnceEachReasonByItself() {
        run("", "topics", "create");
        createTopic("source");
        putDeadLetter("a", "undecodable", "");
        putDeadLetter("b", "inference-failed", "");
        putDeadLetter("c", "undecodable", "");
        putDeadLetter("d", "too-large", "value of 2000000 bytes");

        ShellFixture rehearsal = run("", "deadletters", "replay", "--dry-run");
        ShellFixture failed = run("", "deadletters", "replay", "--reason", "inference-failed");
        ShellFixture rest = run("", "deadletters", "replay");
        ShellFixture again = run("", "deadletters", "replay");
        ShellFixture source = tail("source", 10);

        assertThat(rehearsal.out()).startsWith("3 would be sent again").contains("1 left alone");
        assertThat(failed.out()).startsWith("1 sent again");
        assertThat(rest.out()).startsWith("2 sent again\n  undecodable 2");
        assertThat(again.out()).startsWith("0 sent again");
        assertThat(source.lines()).hasSize(3);
        assertThat(source.out())
                .contains("\"key\":\"key-a\",\"value\":\"a\",\"headers\":{\"trace\":\"trace-a\"}")
                .doesNotContain("lexstream.reason");
        assertThat(run("", "deadletters", "list").lines()).hasSize(4);
        assertThat(run("", "deadletters", "list", "--reason", "too-large").lines())
                .singleElement()
                .asString()
                .contains("source-0@7");
    }

    private static void putDeadLetter(String text, String reason, String cut) {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            var letter = new ProducerRecord<>("text.dead-letters", "key-" + text, text);
            Map<String, String> headers = Map.of(
                    "trace",
                    "trace-" + text,
                    DeadLetter.REASON,
                    reason,
                    DeadLetter.TOPIC,
                    "source",
                    DeadLetter.PARTITION,
                    "0",
                    DeadLetter.OFFSET,
                    "7",
                    DeadLetter.CUT,
                    cut);
            headers.forEach((name, value) -> {
                if (!value.isEmpty()) {
                    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
                }
            });
            var unused = producer.send(letter); // closing waits for it
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createTopic(String name) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("topic " + name, e);
        }
    }

    private static ShellFixture tail(String topic, int most) {
        return run("", "tail", topic, "--from-beginning", "--max", String.valueOf(most), "--timeout", "2");
    }

    private static ShellFixture models(Path config, String... arguments) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        return run("", all.toArray(String[]::new));
    }

    @Test
    void aFolderOfHuggingFaceFilesBecomesAVersion() throws IOException {
        run("", "topics", "create");
        ShellFixture keygen = new ShellFixture(home);
        keygen.run("", "models", "keygen", "--out", home.resolve("folder.key").toString());
        Path config = home.resolve("folder-keys.properties");
        write(config, keygen.out());
        Path folder = Path.of("src", "test", "resources", "tiny-seq2seq");

        ShellFixture untold = models(config, "publish", folder.toString());
        ShellFixture published = models(config, "publish", folder.toString(), "--task", "translation");

        assertThat(untold.exitCode()).isEqualTo(1);
        assertThat(untold.err()).contains("say --task translation or --task summary");
        assertThat(published.exitCode()).as(published.err()).isZero();
        assertThat(published.out()).containsPattern("translation@folder-[0-9a-f]{12} is published and serves");
        assertThat(models(config, "list").out()).containsPattern("\\* translation@folder-");
    }

    private static ShellFixture run(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers(), "--registry", registry.url()));
        ShellFixture shell = new ShellFixture(home);
        shell.run(input, all.toArray(String[]::new));
        return shell;
    }
}
