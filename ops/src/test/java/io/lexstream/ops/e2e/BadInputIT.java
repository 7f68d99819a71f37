package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.ModelRef;
import io.lexstream.schemas.TextEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand records that nobody should send. */
class BadInputIT {
    private static final int RECORDS = 10_000;
    private static final long SEED = 20261122;

    @Test
    void everyNastyRecordEndsAsOneResultPerTaskOrOneDeadLetter(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(directory, kafka.bootstrapServers(), 1, Map.of())) {
            send(stack);

            try (Committed<byte[]> letters = Committed.bytesOf(
                            stack.clientConfig(), stack.topics().deadLetters());
                    Committed<ClassificationResult> sentiment = stack.results("sentiment");
                    Committed<ClassificationResult> spam = stack.results("spam")) {
                // A last good record in each partition, so that all before it has been dealt with when it is answered.
                int markers = sendMarkers(stack);
                awaitMarkers(sentiment, markers);
                awaitMarkers(spam, markers);

                List<ConsumerRecord<byte[], byte[]>> dead = letters.settle(Duration.ofSeconds(2));
                int answered = sentiment.settle(Duration.ofSeconds(2)).size() - markers;
                int labelled = spam.settle(Duration.ofSeconds(2)).size() - markers;
                System.out.println("answered " + answered + ", dead letters " + reasons(dead));
                assertThat(answered).isEqualTo(labelled).isPositive();
                assertThat(answered + dead.size()).isEqualTo(RECORDS);
                assertThat(reasons(dead).keySet())
                        .contains(
                                "null-value",
                                "undecodable",
                                "unknown-schema",
                                "empty-text",
                                "too-large",
                                "invalid-utf8");
                assertThat(dead.stream().map(BadInputIT::source).distinct()).hasSize(dead.size());
                assertThat(stack.processing().failure()).isNotDone();
            }
        }
    }

    private static void send(Stack stack) throws Exception {
        NastyRecords nasty = new NastyRecords(
                SEED,
                stack.topics().events(),
                AvroSerde.forValues(TextEvent.class, stack.clientConfig()).serializer(),
                AvroSerde.forValues(ModelRef.class, registered(stack)).serializer());
        Map<String, Object> config = new TreeMap<>(stack.clientConfig());
        config.put("max.request.size", 4 << 20);
        config.put("partitioner.ignore.keys", false);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(nasty.next(i)));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    /** Another subject, so that the wrong type is registered and yet wrong here. */
    private static Map<String, Object> registered(Stack stack) {
        Map<String, Object> config = new TreeMap<>(stack.clientConfig());
        config.put("value.subject.name.strategy", "RecordNameStrategy");
        return config;
    }

    private static int sendMarkers(Stack stack) {
        try (Producer<String, TextEvent> producer = stack.eventProducer()) {
            int partitions = producer.partitionsFor(stack.topics().events()).size();
            for (int partition = 0; partition < partitions; partition++) {
                Future<?> unused = producer.send(new ProducerRecord<>(
                        stack.topics().events(), partition, "marker", Stack.event("marker-" + partition, "the end")));
            }
            return partitions;
        }
    }

    private static void awaitMarkers(Committed<ClassificationResult> results, int markers) {
        int count = 1;
        while (results.await(count).stream()
                        .filter(record -> record.value().getEventId().startsWith("marker-"))
                        .count()
                < markers) {
            count = results.await(count).size() + 1;
        }
    }

    private static Map<String, Integer> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
        Map<String, Integer> reasons = new TreeMap<>();
        letters.forEach(letter -> reasons.merge(header(letter, "lexstream.reason"), 1, Integer::sum));
        return reasons;
    }

    private static String source(ConsumerRecord<byte[], byte[]> letter) {
        return header(letter, "__streams.errors.partition") + "-" + header(letter, "__streams.errors.offset");
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
