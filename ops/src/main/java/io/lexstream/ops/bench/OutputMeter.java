package io.lexstream.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells how fast somebody turns events into committed results: from the moment when the first event is sent until the
 * last result can be read. A few events go ahead, so that neither starting nor compiling counts.
 */
final class OutputMeter implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int AHEAD = 128;

    private final BenchStage stage;
    private final String run;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param run the name that its topics begin with */
    OutputMeter(BenchStage stage, String run) {
        this.stage = stage;
        this.run = run;
        Map<String, Object> config = new HashMap<>(stage.clientConfig());
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("fetch.max.wait.ms", 20);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < BenchStage.PARTITIONS; partition++) {
            partitions.add(new TopicPartition(run + "-results", partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** As {@link #textsPerSecond(List, CompletableFuture)}, where nothing can fail without our knowing. */
    double textsPerSecond(List<String> texts) throws InterruptedException, ExecutionException {
        return textsPerSecond(texts, new CompletableFuture<>());
    }

    /** @param failure done when no more results will come */
    double textsPerSecond(List<String> texts, CompletableFuture<Throwable> failure)
            throws InterruptedException, ExecutionException {
        List<String> ahead = texts.subList(0, Math.min(texts.size(), AHEAD));
        stage.send(run + "-events", ahead);
        await(ahead.size(), failure);
        long start = System.nanoTime();
        stage.send(run + "-events", texts);
        await(texts.size(), failure);
        return texts.size() / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Sends the texts at an even pace, and tells how long each took to become a committed result.
     *
     * @param failure done when no more results will come
     */
    Latencies latencies(List<String> texts, double textsPerSecond, CompletableFuture<Throwable> failure)
            throws InterruptedException, ExecutionException {
        List<String> ahead = texts.subList(0, Math.min(texts.size(), AHEAD));
        stage.send(run + "-events", ahead);
        await(ahead.size(), failure);
        long start = System.currentTimeMillis();
        double millisBetween = 1000 / textsPerSecond;
        List<Future<?>> sent = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        long lastSeen = System.nanoTime();
        while (millis.size() < texts.size()) {
            long due = start + (long) (sent.size() * millisBetween);
            while (sent.size() < texts.size() && due <= System.currentTimeMillis()) {
                sent.add(stage.send(run + "-events", sent.size(), texts.get(sent.size()), due));
                due = start + (long) (sent.size() * millisBetween);
            }
            long pause = sent.size() < texts.size() ? Math.max(0, due - System.currentTimeMillis()) : POLL.toMillis();
            var records = consumer.poll(Duration.ofMillis(Math.min(pause, POLL.toMillis())));
            long now = System.currentTimeMillis();
            records.forEach(record -> millis.add(Math.max(0, now - record.timestamp())));
            lastSeen = records.isEmpty() ? lastSeen : System.nanoTime();
            requireProgress(lastSeen, millis.size(), texts.size(), failure);
        }
        for (Future<?> each : sent) {
            each.get();
        }
        return new Latencies(textsPerSecond, millis);
    }

    private static void requireProgress(long lastSeen, int seen, int count, CompletableFuture<Throwable> failure) {
        if (failure.isDone()) {
            throw new IllegalStateException("the pipeline failed", failure.join());
        }
        if (System.nanoTime() - lastSeen > PATIENCE.toNanos()) {
            throw new IllegalStateException("only " + seen + " of " + count + " results came");
        }
    }

    private void await(int count, CompletableFuture<Throwable> failure) {
        long lastSeen = System.nanoTime();
        int seen = 0;
        while (seen < count) {
            int more = consumer.poll(POLL).count();
            lastSeen = more > 0 ? System.nanoTime() : lastSeen;
            seen += more;
            requireProgress(lastSeen, seen, count, failure);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
