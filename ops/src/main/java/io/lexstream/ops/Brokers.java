package io.lexstream.ops;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

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
        Admin admin = Admin.create(new HashMap<>(clientConfig));
        try {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return admin;
        } catch (TimeoutException e) {
            admin.close(Duration.ZERO);
            throw new CommandException(
                    "no Kafka broker answers at " + clientConfig.get("bootstrap.servers") + " within "
                            + PATIENCE.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            throw new CommandException(
                    "cannot use the Kafka brokers at " + clientConfig.get("bootstrap.servers") + ": "
                            + Failures.describe(e),
                    e);
        } catch (InterruptedException | RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }
}
