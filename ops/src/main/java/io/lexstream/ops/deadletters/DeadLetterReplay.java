package io.lexstream.ops.deadletters;

import io.lexstream.events.DeadLetter;
import io.lexstream.ops.deadletters.DeadLetterTopic.Letter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to the topics they came from, each once.
 *
 * <p>How far it has come is kept by reason, in the transaction that sends. So one reason can be replayed when its cause
 * is mended, and the others later. Used once, by one thread.
 */
public final class DeadLetterReplay implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "lexstream-replay";

    private final Map<String, Object> clientConfig;
    private final String topic;
    private final Optional<String> onlyReason;
    private final Map<String, ReplayProgress> progress = new HashMap<>();
    private final Map<String, Long> sent = new TreeMap<>();
    private long cut;

    /** @param onlyReason empty = all */
    public DeadLetterReplay(Map<String, Object> clientConfig, String topic, Optional<String> onlyReason) {
        this.clientConfig = Map.copyOf(clientConfig);
        this.topic = topic;
        this.onlyReason = onlyReason;
    }

    /**
     * What was sent.
     *
     * @param sent letters by reason
     * @param cut letters that stay where they are, because a part of the original is missing
     */
    public record Summary(Map<String, Long> sent, long cut) {
        public Summary {
            sent = Collections.unmodifiableMap(new TreeMap<>(sent));
        }
    }

    /** Says what {@link #send} would send. */
    public Summary rehearse() {
        try (DeadLetterTopic letters = DeadLetterTopic.open(clientConfig, topic)) {
            while (!letters.exhausted()) {
                due(letters);
            }
        }
        return new Summary(sent, cut);
    }

    public Summary send() {
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.initTransactions(); // a replay that still runs is fenced off before its progress is read
            try (DeadLetterTopic letters = DeadLetterTopic.open(clientConfig, topic)) {
                while (!letters.exhausted()) {
                    List<Letter> due = due(letters);
                    if (!due.isEmpty()) {
                        send(due, producer);
                    }
                }
            }
        }
        return new Summary(sent, cut);
    }

    private List<Letter> due(DeadLetterTopic letters) {
        List<Letter> due = new ArrayList<>();
        for (Letter letter : letters.next()) {
            String reason = letter.headers().reason();
            if (onlyReason.isPresent() && !onlyReason.get().equals(reason)) {
                continue;
            }
            if (progress(reason, letters).isDone(letter)) {
                continue;
            }
            if (letter.headers().cut().isEmpty()) {
                sent.merge(reason, 1L, Long::sum);
                due.add(letter);
            } else {
                cut++;
            }
        }
        return due;
    }

    private ReplayProgress progress(String reason, DeadLetterTopic letters) {
        return progress.computeIfAbsent(reason, name -> ReplayProgress.read(clientConfig, name, letters.partitions()));
    }

    private void send(List<Letter> letters, Producer<byte[], byte[]> producer) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> next = new HashMap<>();
        producer.beginTransaction();
        for (Letter letter : letters) {
            var unused = producer.send(original(letter)); // the commit waits for it, and fails if it failed
            next.computeIfAbsent(letter.headers().reason(), reason -> new HashMap<>())
                    .put(
                            letter.partition(),
                            new OffsetAndMetadata(letter.record().offset() + 1));
        }
        progress.forEach((reason, group) -> {
            if (next.containsKey(reason)) {
                producer.sendOffsetsToTransaction(next.getOrDefault(reason, Map.of()), group.group());
            }
        });
        producer.commitTransaction();
    }

    private static ProducerRecord<byte[], byte[]> original(Letter letter) {
        ConsumerRecord<byte[], byte[]> record = letter.record();
        return new ProducerRecord<>(
                letter.headers().topic(),
                null, // the key decides, as it did
                Math.max(0, record.timestamp()),
                record.key(),
                record.value(),
                DeadLetter.originalHeaders(record.headers()));
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("transactional.id", TRANSACTIONAL_ID);
        config.put("max.block.ms", 30_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        progress.values().forEach(ReplayProgress::close);
    }
}
