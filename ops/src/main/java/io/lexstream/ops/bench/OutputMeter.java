package io.lexstream.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts committed results as they come, and tells their speed without the start. */
final class OutputMeter implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaConsumer<byte[], byte[]> consumer;

    OutputMeter(BenchStage stage, String topic) {
        Map<String, Object> config = new HashMap<>(stage.clientConfig());
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("fetch.max.wait.ms", 20);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < BenchStage.PARTITIONS; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** As below, where nothing can fail without our knowing. */
    double textsPerSecond(int count) {
        return textsPerSecond(count, new CompletableFuture<>());
    }

    /**
     * Waits for {@code count} results; texts per second between the first tenth and the last one.
     *
     * @param failure done when no more results will come
     */
    double textsPerSecond(int count, CompletableFuture<Throwable> failure) {
        long began = System.nanoTime();
        int seen = 0;
        int seenAtStart = 0;
        long start = 0;
        while (seen < count) {
            if (failure.isDone()) {
                throw new IllegalStateException("the pipeline failed", failure.join());
            }
            int more = consumer.poll(POLL).count();
            if (more > 0) {
                began = System.nanoTime();
            } else if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException("only " + seen + " of " + count + " results came");
            }
            seen += more;
            if (seenAtStart == 0 && seen >= count / 10) {
                seenAtStart = seen;
                start = System.nanoTime();
            }
        }
        return (seen - seenAtStart) / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
