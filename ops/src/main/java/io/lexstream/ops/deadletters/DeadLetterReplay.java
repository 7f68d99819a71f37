package io.lexstream.ops.deadletters;

import io.lexstream.ops.deadletters.DeadLetterTopic.Letter;
import io.lexstream.processors.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
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
 * <p>How far it has come is kept by reason, as the committed offsets of the groups {@code lexstream-replay-REASON}, in
 * the transaction that sends. So one reason can be replayed after its cause is mended, and the others later.
 */
public final class DeadLetterReplay {
    private static final String TRANSACTIONAL_ID = "lexstream-replay";
    private static final String GROUP_PREFIX = "lexstream-replay-";

    private final Map<String, Object> clientConfig;
    private final String topic;
    private final Optional<String> onlyReason;
    private final Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();

    /** @param onlyReason empty = all */
    public DeadLetterReplay(Map<String, Object> clientConfig, String topic, Optional<String> onlyReason) {
        this.clientConfig = clientConfig;
        this.topic = topic;
        this.onlyReason = onlyReason;
    }

    /**
     * @param sent letters by reason
     * @param cut letters that stay because a part of the original is missing
     */
    public record Summary(Map<String, Long> sent, long cut) {
        public Summary {
            sent = Map.copyOf(sent);
        }
    }

    /** Says what {@link #send} would send. */
    public Summary rehearse(Admin admin) throws InterruptedException, ExecutionException {
        Tally tally = new Tally();
        try (DeadLetterTopic letters = DeadLetterTopic.open(clientConfig, topic)) {
            while (!letters.exhausted()) {
                due(letters.next(), admin, tally);
            }
        }
        return tally.summary();
    }

    public Summary send(Admin admin) throws InterruptedException, ExecutionException {
        Tally tally = new Tally();
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.initTransactions(); // an earlier replay that still runs is fenced off before its progress is read
            try (DeadLetterTopic letters = DeadLetterTopic.open(clientConfig, topic)) {
                while (!letters.exhausted()) {
                    List<Letter> due = due(letters.next(), admin, tally);
                    if (!due.isEmpty()) {
                        send(due, producer);
                    }
                }
            }
        }
        return tally.summary();
    }

    private List<Letter> due(List<Letter> letters, Admin admin, Tally tally)
            throws InterruptedException, ExecutionException {
        List<Letter> due = new java.util.ArrayList<>();
        for (Letter letter : letters) {
            if (!isDue(letter, admin)) {
                continue;
            }
            if (letter.headers().cut().isEmpty()) {
                tally.sent.merge(letter.headers().reason(), 1L, Long::sum);
                due.add(letter);
            } else {
                tally.cut++;
            }
        }
        return due;
    }

    private boolean isDue(Letter letter, Admin admin) throws InterruptedException, ExecutionException {
        String reason = letter.headers().reason();
        if (onlyReason.isPresent() && !onlyReason.get().equals(reason)) {
            return false;
        }
        if (!committed.containsKey(reason)) {
            committed.put(
                    reason,
                    admin.listConsumerGroupOffsets(GROUP_PREFIX + reason)
                            .partitionsToOffsetAndMetadata()
                            .get());
        }
        OffsetAndMetadata next = committed.getOrDefault(reason, Map.of()).get(partition(letter.record()));
        return next == null || letter.record().offset() >= next.offset();
    }

    private static void send(List<Letter> letters, Producer<byte[], byte[]> producer) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> progress = new HashMap<>();
        producer.beginTransaction();
        for (Letter letter : letters) {
            producer.send(original(letter));
            progress.computeIfAbsent(letter.headers().reason(), reason -> new HashMap<>())
                    .put(
                            partition(letter.record()),
                            new OffsetAndMetadata(letter.record().offset() + 1));
        }
        progress.forEach((reason, offsets) ->
                producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(GROUP_PREFIX + reason)));
        producer.commitTransaction();
    }

    private static ProducerRecord<byte[], byte[]> original(Letter letter) {
        ConsumerRecord<byte[], byte[]> record = letter.record();
        return new ProducerRecord<>(
                letter.headers().topic(),
                null,
                Math.max(0, record.timestamp()),
                record.key(),
                record.value(),
                DeadLetter.originalHeaders(record.headers()));
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put("transactional.id", TRANSACTIONAL_ID);
        config.put("max.block.ms", 30_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static final class Tally {
        private final Map<String, Long> sent = new TreeMap<>();
        private long cut;

        Summary summary() {
            return new Summary(sent, cut);
        }
    }
}
