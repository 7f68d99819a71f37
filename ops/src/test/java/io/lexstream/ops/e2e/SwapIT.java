package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.schemas.TextEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred deployments while texts flow, a fifth of them of versions that must not serve. */
class SwapIT {
    private static final int SWAPS = 100;

    @Test
    void aHundredSwapsFailNoRecordStopNoRecordAndKeepNoMemory(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(directory, kafka.bootstrapServers(), 1, Map.of());
                Committed<ModelStatus> statuses = Committed.of(
                        stack.clientConfig(),
                        AvroSerde.forValues(ModelStatus.class, stack.clientConfig())
                                .deserializer(),
                        stack.topics().modelStatus());
                Load load = new Load(stack)) {
            List<String> good = new ArrayList<>();
            List<String> bad = new ArrayList<>();
            publish(directory, stack, good, bad);
            int known = statuses.settle(Duration.ofSeconds(1)).size();
            long quietWait = longestWait(stack);

            long afterFirst = 0;
            for (int swap = 0; swap < SWAPS; swap++) {
                boolean refused = swap % 5 == 4;
                String version = refused ? bad.get(swap / 5 % bad.size()) : good.get((swap - swap / 5) % good.size());
                promote(stack, version);
                List<ConsumerRecord<byte[], ModelStatus>> seen = statuses.await(known + swap + 1);
                ModelStatus status = seen.get(known + swap).value();
                assertThat(status.getModel().getVersion()).isEqualTo(version);
                assertThat(status.getState()).as(version).isEqualTo(refused ? ModelState.REFUSED : ModelState.SERVING);
                if (swap == good.size()) {
                    afterFirst = residentMebibytes(); // every good version has served once
                }
            }
            long afterLast = residentMebibytes();
            int sent = load.stop();

            try (Committed<ClassificationResult> results = stack.results("sentiment")) {
                results.await(sent);
                List<ConsumerRecord<byte[], ClassificationResult>> all = results.settle(Duration.ofSeconds(2));
                Set<String> served = new TreeSet<>();
                all.forEach(result -> served.add(result.value().getModel().getVersion()));
                long longestWait = all.stream()
                        .mapToLong(result -> result.value().getQueueMicros() / 1000)
                        .max()
                        .orElseThrow();
                System.out.printf(
                        "%d texts through %d swaps; resident after the first round %d MiB, after the last %d MiB;"
                                + " longest wait for a batch %d ms (without swaps %d ms)%n",
                        sent, SWAPS, afterFirst, afterLast, longestWait, quietWait);
                assertThat(all)
                        .extracting(result -> result.value().getEventId())
                        .doesNotHaveDuplicates()
                        .hasSize(sent);
                assertThat(served).containsAll(good).doesNotContainAnyElementsOf(bad);
                assertThat(afterLast).isLessThanOrEqualTo(Math.round(afterFirst * 1.15));
            }
            try (Committed<byte[]> letters =
                    Committed.bytesOf(stack.clientConfig(), stack.topics().deadLetters())) {
                assertThat(letters.settle(Duration.ofSeconds(1))).isEmpty();
            }
        }
    }

    private static void publish(Path directory, Stack stack, List<String> good, List<String> bad) throws Exception {
        TestPackages packages = new TestPackages(directory.resolve("packages"), stack.store());
        List<BaseEncoder> encoders = BaseEncoders.onClassPath().all();
        assertThat(encoders)
                .as("two encoders, so that a swap loads one and closes the other")
                .hasSize(2);
        List<ModelPackage> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(packages.sound("good-" + i, encoders.get(i % 2), i));
            good.add("good-" + i);
        }
        BaseEncoder base = encoders.get(0);
        all.add(packages.failingItsGoldenCase("bad-golden", base));
        all.add(packages.withALogitTooFew("bad-labels", base));
        all.add(packages.forAnotherEncoder("bad-width", base));
        all.add(packages.notANumber("bad-nan", base));
        all.add(packages.withATruncatedHead("bad-truncated", base));
        bad.addAll(List.of("bad-golden", "bad-labels", "bad-width", "bad-nan", "bad-truncated"));
        try (ModelPublisher publisher = stack.publisher()) {
            for (ModelPackage each : all) {
                publisher.publish(each);
            }
        }
    }

    private static void promote(Stack stack, String version) {
        try (ModelPublisher publisher = stack.publisher()) {
            publisher.promote("sentiment", version, "swap test");
        }
    }

    /** Milliseconds, over the texts of the first seconds. */
    private static long longestWait(Stack stack) {
        try (Committed<ClassificationResult> results = stack.results("sentiment")) {
            return results.await(200).stream()
                    .mapToLong(result -> result.value().getQueueMicros() / 1000)
                    .max()
                    .orElseThrow();
        }
    }

    private static long residentMebibytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Sends short texts all the time, about thirty a second. */
    private static final class Load implements AutoCloseable {
        private final Stack stack;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread = new Thread(this::send, "load");
        private int sent;

        Load(Stack stack) {
            this.stack = stack;
            thread.start();
        }

        /** How many were sent. */
        int stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
            return sent;
        }

        @Override
        public void close() {
            stopped.set(true);
        }

        private void send() {
            try (Producer<String, TextEvent> producer = stack.eventProducer()) {
                while (!stopped.get()) {
                    TextEvent event = Stack.event("load-" + sent, "Order " + sent + " came late but the jam is good.");
                    Future<?> unused =
                            producer.send(new ProducerRecord<>(stack.topics().events(), "key-" + sent % 11, event));
                    sent++;
                    Thread.sleep(33);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
