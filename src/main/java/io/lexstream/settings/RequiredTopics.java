package io.lexstream.settings;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Looks whether the topics are there before anything starts: Kafka's own complaints come later, and less plainly. */
public final class RequiredTopics {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private RequiredTopics() {}

    /**
     * What is there.
     *
     * @param clusterId of the cluster
     * @param partitions by topic
     */
    public record Found(String clusterId, Map<String, Integer> partitions) {
        public Found {
            partitions = Map.copyOf(partitions);
        }

        /** Partitions of a topic that was asked for. */
        public int partitions(String topic) {
            return Objects.requireNonNull(partitions.get(topic), topic);
        }
    }

    /**
     * Returns what is known of them, if all are there.
     *
     * @throws KafkaException that names what is missing, or the brokers that do not answer
     */
    public static Found check(Map<String, Object> clientConfig, Collection<String> topics) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        Set<String> missing = new TreeSet<>();
        try (Admin admin = Admin.create(config)) {
            for (int look = 0; look < LOOKS; look++) {
                missing = missing(admin, topics);
                if (missing.isEmpty()) {
                    return found(admin, topics);
                }
                // A broker hears a little later of a topic that was just created, and there is nothing to wait on.
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "no answer from " + clientConfig.get("bootstrap.servers") + " (bootstrap.servers): " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        throw new KafkaException(
                "topics are missing: " + String.join(", ", missing) + "; create them with: ./lexstream topics create");
    }

    private static Found found(Admin admin, Collection<String> topics) throws ExecutionException, InterruptedException {
        Map<String, Integer> partitions = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, description) ->
                        partitions.put(name, description.partitions().size()));
        return new Found(admin.describeCluster().clusterId().get(), partitions);
    }

    private static Set<String> missing(Admin admin, Collection<String> required)
            throws ExecutionException, InterruptedException {
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(admin.listTopics().names().get());
        return missing;
    }
}
