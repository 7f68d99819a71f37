package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedCluster;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.TextEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, one of which goes without a word and comes back. */
class BrokerLossIT {
    private static final int PHASE = 200;

    @Test
    void nothingIsLostDoubledOrReorderedAndNobodyHasToHelp(@TempDir Path directory) throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(directory.resolve("kafka"), 3);
                Stack stack = Stack.start(
                        directory, cluster.bootstrapServers(), 3, Map.of("streams.replication.factor", "3"));
                Producer<String, TextEvent> producer = stack.eventProducer();
                Committed<ClassificationResult> sentiment = stack.results("sentiment");
                Committed<ClassificationResult> spam = stack.results("spam")) {
            send(stack, producer, 0);
            sentiment.await(PHASE / 2);

            cluster.stopNode(2);
            send(stack, producer, PHASE);
            sentiment.await(2 * PHASE);
            cluster.startNode(2);
            send(stack, producer, 2 * PHASE);

            sentiment.await(3 * PHASE);
            spam.await(3 * PHASE);
            assertEachOnceInOrder(sentiment.settle(Duration.ofSeconds(2)));
            assertEachOnceInOrder(spam.settle(Duration.ofSeconds(2)));
            assertThat(stack.processing().failure()).isNotDone();
        }
    }

    private static void send(Stack stack, Producer<String, TextEvent> producer, int first) {
        for (int i = first; i < first + PHASE; i++) {
            TextEvent event = Stack.event(String.valueOf(i), "message " + i + " says that the kettle is fine");
            Future<?> unused = producer.send(new ProducerRecord<>(stack.topics().events(), "key-" + i % 7, event));
        }
        producer.flush();
    }

    private static void assertEachOnceInOrder(List<ConsumerRecord<byte[], ClassificationResult>> results) {
        assertThat(results)
                .extracting(result -> result.value().getEventId())
                .doesNotHaveDuplicates()
                .hasSize(3 * PHASE);
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], ClassificationResult> result : results) {
            int number = Integer.parseInt(result.value().getEventId());
            Integer before = last.put(new String(result.key(), StandardCharsets.UTF_8), number);
            assertThat(before == null || before < number)
                    .as("order of event %d", number)
                    .isTrue();
        }
    }
}
