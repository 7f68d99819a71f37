package io.lexstream.trainer.service;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.Topics;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.schemas.TrainingExample;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What the trainer that may run writes: examples with the labels' offsets, and runs, each step one transaction. When
 * another trainer has taken over, every call fails. Used by the service's thread and by the run's, in turns.
 */
final class LeaderWriter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final Serializer<SpecificRecord> values;
    private final ReentrantLock turn = new ReentrantLock();

    private LeaderWriter(Producer<String, byte[]> producer, TrainerSettings settings) {
        this.producer = producer;
        this.topics = settings.topics();
        this.values =
                AvroSerde.<SpecificRecord>forValues(settings.clientConfig()).serializer();
    }

    /** Fences off who wrote before. */
    static LeaderWriter open(Clients clients) {
        Producer<String, byte[]> producer = clients.writer();
        try {
            producer.initTransactions();
            return new LeaderWriter(producer, clients.settings());
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** One transaction's worth of records. */
    final class Step {
        void example(TrainingExample example) {
            send(topics.examples(), example.getTask() + "/" + example.getEventId(), example);
        }

        void run(TrainerRun run) {
            send(topics.runs(), run.getRunId(), run);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if it failed
        void deadLetter(@Nullable String key, byte[] value, Headers headers) {
            producer.send(new ProducerRecord<>(topics.deadLetters(), null, key, value, headers));
        }

        void offsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            producer.sendOffsetsToTransaction(offsets, group);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if it failed
        private void send(String topic, String key, SpecificRecord value) {
            producer.send(new ProducerRecord<>(topic, key, values.serialize(topic, value)));
        }
    }

    /** @throws KafkaException if nothing was written, in most cases because another trainer has taken over */
    void write(Consumer<Step> step) {
        turn.lock();
        try {
            producer.beginTransaction();
            try {
                step.accept(new Step());
                producer.commitTransaction();
            } catch (ProducerFencedException e) {
                throw e;
            } catch (RuntimeException e) {
                abort(e);
                throw e;
            }
        } finally {
            turn.unlock();
        }
    }

    private void abort(RuntimeException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
        values.close();
    }
}
