package io.lexstream.ops.audit;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.ops.local.EmbeddedRegistry;
import io.lexstream.ops.topics.TopicCreator;
import io.lexstream.ops.topics.TopicPlan;
import io.lexstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The broker and schema registry of an audit, in this process, with every topic in place. */
final class AuditCluster implements AutoCloseable {
    private static final int PARTITIONS = 4;

    /** A broker looks every ten seconds for transactions whose owner is gone; the audit makes many such. */
    private static final Map<String, String> BROKER =
            Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final Admin admin;
    private final Topics topics = Topics.defaults();

    private AuditCluster(EmbeddedKafka kafka, EmbeddedRegistry registry, Admin admin) {
        this.kafka = kafka;
        this.registry = registry;
        this.admin = admin;
    }

    static AuditCluster start(Path directory, List<String> tasks)
            throws IOException, InterruptedException, ExecutionException {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory).withOverrides(BROKER));
        try {
            EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
            Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
            AuditCluster cluster = new AuditCluster(kafka, registry, admin);
            new TopicCreator(admin).create(TopicPlan.all(cluster.topics, tasks, PARTITIONS), Optional.empty());
            return cluster;
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    Topics topics() {
        return topics;
    }

    Admin admin() {
        return admin;
    }

    /** What every client and serde needs. */
    Map<String, String> clientConfig() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", registry.url());
    }

    @Override
    public void close() {
        admin.close();
        try (kafka) {
            registry.close();
        }
    }
}
