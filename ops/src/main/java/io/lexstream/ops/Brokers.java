package io.lexstream.ops;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Reaches a Kafka cluster, or says soon and plainly that it is not there. */
final class Brokers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Brokers() {}

    /** @throws CommandException if no broker answers */
    static void requireAnswer(Map<String, Object> clientConfig) throws InterruptedException {
        connect(clientConfig).close();
    }

    /** @throws CommandException if no broker answers */
    static Admin connect(Map<String, Object> clientConfig) throws InterruptedException {
        Admin admin = open(clientConfig);
        try {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return admin;
        } catch (TimeoutException e) {
            admin.close(Duration.ZERO);
            throw new CommandException(
                    "no Kafka broker answers at " + servers(clientConfig) + " within " + PATIENCE.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            throw unusable(clientConfig, e);
        } catch (InterruptedException | RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static Admin open(Map<String, Object> clientConfig) {
        try {
            return Admin.create(new HashMap<>(clientConfig));
        } catch (KafkaException e) {
            throw unusable(clientConfig, e);
        }
    }

    private static CommandException unusable(Map<String, Object> clientConfig, Exception why) {
        return new CommandException(
                "cannot use the Kafka brokers at " + servers(clientConfig) + ": " + Failures.describe(why), why);
    }

    private static Object servers(Map<String, Object> clientConfig) {
        return clientConfig.getOrDefault("bootstrap.servers", "");
    }
}
