package io.lexstream.processors;

import io.lexstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Looks whether the topics are there before anything starts: Kafka's own complaints come later, and less plainly. */
final class RequiredTopics {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RequiredTopics() {}

    /** @throws KafkaException that names what is missing, or the brokers that do not answer */
    static void check(Map<String, Object> clientConfig, Topics topics, List<String> tasks) {
        List<String> required = new ArrayList<>(List.of(
                topics.events(), topics.deadLetters(), topics.models(), topics.modelBlobs(), topics.modelStatus()));
        tasks.forEach(task -> required.add(topics.results(task)));
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(existing(clientConfig));
        if (!missing.isEmpty()) {
            throw new KafkaException("topics are missing: " + String.join(", ", missing)
                    + "; create them with: ./lexstream topics create");
        }
    }

    private static Set<String> existing(Map<String, Object> clientConfig) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(config)) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "no answer from " + clientConfig.get("bootstrap.servers") + " (bootstrap.servers): " + e.getCause(),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
