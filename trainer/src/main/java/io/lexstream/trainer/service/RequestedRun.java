package io.lexstream.trainer.service;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TrainerRun;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/** A run that somebody asks for by command, wherever the trainer is that will begin it. */
public final class RequestedRun implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final AvroSerde<TrainerRun> serde;
    private final TrainerRun request;

    private RequestedRun(Consumer<byte[], byte[]> consumer, AvroSerde<TrainerRun> serde, TrainerRun request) {
        this.consumer = consumer;
        this.serde = serde;
        this.request = request;
    }

    /** Asks for a run of {@code task}. */
    public static RequestedRun ask(TrainerSettings settings, String task, Clock clock) {
        String topic = settings.topics().runs();
        Consumer<byte[], byte[]> consumer = new Clients(settings).reader();
        AvroSerde<TrainerRun> serde = AvroSerde.forValues(TrainerRun.class, settings.clientConfig());
        RequestedRun requested =
                new RequestedRun(consumer, serde, Leader.requested(task, Schedule.COMMAND, clock.instant()));
        try {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition); // now, before the request is there
            requested.send(settings.clientConfig(), topic);
            return requested;
        } catch (RuntimeException e) {
            requested.close();
            throw e;
        }
    }

    private void send(Map<String, Object> clientConfig, String topic) {
        try (Producer<String, TrainerRun> producer =
                new KafkaProducer<>(new HashMap<>(clientConfig), new StringSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(topic, request.getRunId(), request))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot ask for a run: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    public String runId() {
        return request.getRunId();
    }

    /** Waits for news of the run; the last of them. */
    public Optional<TrainerRun> poll(Duration wait) {
        Optional<TrainerRun> news = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            byte[] value = record.value();
            if (value != null && ExampleTopic.key(record).equals(runId())) {
                TrainerRun run = serde.deserializer().deserialize(record.topic(), value);
                news = run.getInstance().isEmpty() ? news : Optional.of(run);
            }
        }
        return news;
    }

    /** Whether no more news will come of the run. */
    public static boolean isOver(TrainerRun run) {
        return RunLog.isOver(run);
    }

    @Override
    public void close() {
        consumer.close();
        serde.close();
    }
}
