package io.lexstream.ops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @TempDir
    static Path directory;

    static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void onlyCommittedTransactionsAreRead() throws Exception {
        var records = new Records(kafka.bootstrapServers());
        records.createTopic("transactions", 1);
        try (var producer = records.transactionalProducer("aborting")) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "key", "aborted"))
                    .get();
            producer.abortTransaction();
        }

        records.send("transactions", "one", "two");

        assertThat(records.read("transactions", 2)).containsExactly("one", "two");
    }

    @Test
    void aTextOfOneMebibyteFitsIntoARecord() throws Exception {
        var records = new Records(kafka.bootstrapServers());
        records.createTopic("large", 1);
        String text = "ü".repeat(1 << 19);

        records.send("large", text, text);

        assertThat(records.read("large", 2)).containsExactly(text, text);
    }

    @Test
    void aRestartFindsEverythingAgain() throws Exception {
        var records = new Records(kafka.bootstrapServers());
        records.createTopic("kept", 1);
        records.send("kept", "before");
        String clusterId = kafka.clusterId();

        kafka.close();
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));

        records = new Records(kafka.bootstrapServers());
        records.send("kept", "after");
        assertThat(records.read("kept", 2)).containsExactly("before", "after");
        assertThat(kafka.clusterId()).isEqualTo(clusterId);
    }

    @Test
    void aKilledBrokerComesBackWithAllThatItAcknowledged(@TempDir Path killed) throws Exception {
        try (var process = BrokerProcess.start(killed)) {
            var records = new Records(process.bootstrapServers());
            records.createTopic("kept", 1);
            records.send("kept", "acknowledged");
        }

        try (var again = EmbeddedKafka.start(EmbeddedKafkaSettings.in(killed))) {
            assertThat(new Records(again.bootstrapServers()).read("kept", 1)).containsExactly("acknowledged");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedInOneLineThatNamesItsUser(@TempDir Path used) throws Exception {
        try (var process = BrokerProcess.start(used)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(used)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("data directory " + used + " is in use by process " + process.pid()
                            + "; stop it or choose another directory");
        }
    }

    @Test
    void aSecondBrokerOfThisProcessIsRefusedAndTheFirstGoesOn() throws Exception {
        assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory)))
                .hasMessageContaining("is in use by process");

        var records = new Records(kafka.bootstrapServers());
        records.createTopic("still-there", 1);
        records.send("still-there", "one");
        assertThat(records.read("still-there", 1)).containsExactly("one");
    }

    @Test
    void aFailedStartLeavesNothingBehind(@TempDir Path directoryOfFailure) throws Exception {
        var unusable = EmbeddedKafkaSettings.in(directoryOfFailure);

        assertThatThrownBy(() -> EmbeddedKafka.start(
                        unusable.withOverrides(Map.of("log.cleaner.io.buffer.load.factor", "not a number"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directoryOfFailure.toString())
                .hasMessageContaining("not a number");

        EmbeddedKafka.start(unusable).close();
    }

    @Test
    void aTakenPortIsReplacedByAFreeOne(@TempDir Path other) throws Exception {
        var settings = EmbeddedKafkaSettings.in(other).withPort(kafka.port());

        try (var second = EmbeddedKafka.start(settings)) {
            assertThat(second.port()).isNotEqualTo(kafka.port());
            new Records(second.bootstrapServers()).createTopic("reachable", 1);
        }
    }

    @Test
    void aFreePortIsTakenAsAsked(@TempDir Path other) throws Exception {
        int port = Ports.freeOr(0);

        try (var second = EmbeddedKafka.start(EmbeddedKafkaSettings.in(other).withPort(port))) {
            assertThat(second.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        }
    }
}
