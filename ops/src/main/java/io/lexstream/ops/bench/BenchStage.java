package io.lexstream.ops.bench;

import io.lexstream.inference.Precision;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.ops.local.EmbeddedRegistry;
import io.lexstream.ops.topics.TopicCreator;
import io.lexstream.ops.topics.TopicPlan;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The broker that all contenders work on: with the models published, and topics full of texts. */
final class BenchStage implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final List<String> tasks;
    private final Precision precision;
    private final SigningKey key = SigningKey.generate();
    private final Producer<String, TextEvent> producer;
    private int runs;

    private BenchStage(
            Path directory, EmbeddedKafka kafka, EmbeddedRegistry registry, List<String> tasks, Precision precision) {
        this.directory = directory;
        this.kafka = kafka;
        this.registry = registry;
        this.tasks = tasks;
        this.precision = precision;
        this.producer = new KafkaProducer<>(
                clientConfig(),
                new StringSerializer(),
                AvroSerde.forValues(TextEvent.class, clientConfig()).serializer());
    }

    static BenchStage open(Path directory, Map<String, ModelPackage> packages, Precision precision) throws Exception {
        for (ModelPackage each : packages.values()) {
            precision.admittedBy(each.manifest()); // else the pipeline would wait for a model for ever
        }
        EmbeddedKafka kafka = EmbeddedKafka.start(
                EmbeddedKafkaSettings.in(directory.resolve("kafka")).withPort(0));
        EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        BenchStage stage = new BenchStage(directory, kafka, registry, List.copyOf(packages.keySet()), precision);
        stage.create(TopicPlan.all(Topics.defaults(), stage.tasks, PARTITIONS));
        try (ModelPublisher publisher =
                new ModelPublisher(stage.clientConfig(), Topics.defaults(), TrustedKeys.NONE, Optional.of(stage.key))) {
            packages.values().forEach(each -> publisher.publishAndPromote(each, "bench"));
        }
        return stage;
    }

    List<String> tasks() {
        return tasks;
    }

    /** That of all contenders. */
    Precision precision() {
        return precision;
    }

    Path directory() {
        return directory;
    }

    Map<String, Object> clientConfig() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", registry.url());
    }

    /** The public key of whoever published the models. */
    String trustedKey() {
        return key.publicKey().text();
    }

    /** Sends the texts as events, evenly spread; returns when the broker has them. */
    void send(String topic, List<String> texts) throws InterruptedException, ExecutionException {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            sent.add(send(topic, i, texts.get(i), System.currentTimeMillis()));
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    /**
     * Sends the {@code number}th text as an event.
     *
     * @param timestamp the record's, which its results will have, too
     * @return done when the broker has it
     */
    Future<?> send(String topic, int number, String text, long timestamp) {
        TextEvent event = TextEvent.newBuilder()
                .setId(String.valueOf(number))
                .setText(text)
                .build();
        return producer.send(new ProducerRecord<>(topic, number % PARTITIONS, timestamp, "key-" + number % 50, event));
    }

    /** A name that no run before had, and with it topics for events and results. */
    String newRun() throws Exception {
        String run = "run-" + ++runs;
        create(List.of(
                new TopicPlan(run + "-events", PARTITIONS, Map.of()),
                new TopicPlan(run + "-results", PARTITIONS, Map.of()),
                new TopicPlan(run + "-other", PARTITIONS, Map.of())));
        return run;
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
        kafka.close();
    }

    private void create(List<TopicPlan> plans) throws Exception {
        try (Admin admin = Admin.create(clientConfig())) {
            new TopicCreator(admin).create(plans, Optional.of((short) 1));
        }
    }
}
