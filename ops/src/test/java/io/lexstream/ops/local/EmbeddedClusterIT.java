package io.lexstream.ops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterIT {
    @TempDir
    static Path directory;

    static EmbeddedCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.start(directory, 3);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void transactionsGoOnWhileANodeIsLostAndComesBack() throws Exception {
        var records = new Records(cluster.bootstrapServers());
        records.createTopic("uninterrupted", 3);
        List<String> sent = new ArrayList<>();

        try (var producer = records.transactionalProducer("survivor")) {
            send(producer, sent);
            for (int node = 1; node <= 3; node++) {
                cluster.stopNode(node);
                send(producer, sent);
                cluster.startNode(node);
                send(producer, sent);
            }
        }

        assertThat(records.read("uninterrupted", sent.size())).containsExactlyInAnyOrderElementsOf(sent);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit reports what failed
    private static void send(KafkaProducer<String, String> producer, List<String> sent) {
        for (int transaction = 0; transaction < 5; transaction++) {
            producer.beginTransaction();
            for (int i = 0; i < 20; i++) {
                String value = String.valueOf(sent.size());
                producer.send(new ProducerRecord<>("uninterrupted", value, value));
                sent.add(value);
            }
            producer.commitTransaction();
        }
    }

    @Test
    void topicsGetThreeReplicasUnlessTheyAskForLess() throws Exception {
        new Records(cluster.bootstrapServers()).createTopic("replicated", 1);

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            var topics =
                    admin.describeTopics(List.of("replicated")).allTopicNames().get(30, TimeUnit.SECONDS);
            assertThat(topics.values())
                    .singleElement()
                    .satisfies(topic ->
                            assertThat(topic.partitions().get(0).replicas()).hasSize(3));
        }
    }

    @Test
    void aNodeThatRunsIsNotStartedTwice() {
        assertThatThrownBy(() -> cluster.startNode(1)).hasMessageContaining("node 1 is running already");
    }
}
