package io.lexstream.ops.e2e;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.SigningKey;
import io.lexstream.ops.local.EmbeddedRegistry;
import io.lexstream.ops.models.StarterModels;
import io.lexstream.ops.topics.TopicCreator;
import io.lexstream.ops.topics.TopicPlan;
import io.lexstream.processors.Processing;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.Topics;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.service.TrainerParts;
import io.lexstream.trainer.service.TrainerService;
import io.lexstream.trainer.service.TrainerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Registry, topics, starter models and the running service on somebody else's broker, for end-to-end tests. */
final class Stack implements AutoCloseable {
    private final EmbeddedRegistry registry;
    private final ProcessorSettings settings;
    private final ContentStore store;
    private final SigningKey key;
    private final Map<String, String> given;
    private Processing processing;

    private Stack(
            EmbeddedRegistry registry,
            ProcessorSettings settings,
            ContentStore store,
            SigningKey key,
            Map<String, String> given,
            Processing processing) {
        this.registry = registry;
        this.key = key;
        this.given = Map.copyOf(given);
        this.settings = settings;
        this.store = store;
        this.processing = processing;
    }

    /** Finds the version that a task begins with. */
    interface FirstVersions {
        ModelPackage of(String task, ContentStore store) throws Exception;
    }

    /** Starts everything with the starter models and returns when events flow. */
    static Stack start(Path directory, String bootstrapServers, int replication, Map<String, String> overrides)
            throws Exception {
        FirstVersions starters = (task, store) -> new StarterModels(directory.resolve("starter"), store)
                .find(task)
                .orElseThrow();
        return start(directory, bootstrapServers, replication, overrides, starters);
    }

    static Stack start(
            Path directory,
            String bootstrapServers,
            int replication,
            Map<String, String> overrides,
            FirstVersions versions)
            throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.start(bootstrapServers, 0);
        SigningKey key = SigningKey.readOrGenerate(keyFile(directory));
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "schema.registry.url",
                registry.url(),
                "http.port",
                "0",
                "instance.id",
                "test",
                "state.dir",
                directory.resolve("streams").toString(),
                "model.cache.dir",
                directory.resolve("models").toString(),
                "model.trusted.keys",
                key.publicKey().text()));
        given.putAll(overrides);
        ProcessorSettings settings = ProcessorSettings.of(given, Map.of());
        try (Admin admin = Admin.create(settings.clientConfig())) {
            new TopicCreator(admin)
                    .create(TopicPlan.all(settings.topics(), settings.tasks(), 4), Optional.of((short) replication));
        }
        ContentStore store = new ContentStore(settings.modelCache());
        try (ModelPublisher publisher = publisher(settings, key)) {
            for (String task : settings.tasks()) {
                publisher.publishAndPromote(versions.of(task, store), "starter");
            }
        }
        return new Stack(registry, settings, store, key, given, startProcessing(settings));
    }

    private static Processing startProcessing(ProcessorSettings settings) {
        Processing processing = Processing.start(settings);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> processing.reasonsNotReady().isEmpty());
        return processing;
    }

    /** Stops the service wherever it is, and starts another one in its place. */
    void restartProcessing() {
        processing.close();
        processing = startProcessing(settings);
    }

    private static Path keyFile(Path directory) {
        return directory.resolve("signing.key");
    }

    private static ModelPublisher publisher(ProcessorSettings settings, SigningKey key) {
        return new ModelPublisher(settings.clientConfig(), settings.topics(), settings.trustedKeys(), Optional.of(key));
    }

    /** Signs with the key that the service trusts. */
    ModelPublisher publisher() {
        return publisher(settings, key);
    }

    /** A trainer beside the processors, with their settings, their store and the key that they trust. */
    TrainerService startTrainer(Path directory) {
        return startTrainer(directory, UnaryOperator.identity());
    }

    /** @param trainer puts another one in the place of the one that the settings ask for */
    TrainerService startTrainer(Path directory, UnaryOperator<CandidateTrainer> trainer) {
        Map<String, String> all = new HashMap<>(given);
        all.put("model.signing.key", keyFile(directory).toString());
        all.put("train.dir", directory.resolve("training").toString());
        TrainerSettings trainerSettings = TrainerSettings.of(all, Map.of());
        Clock clock = Clock.systemUTC();
        TrainerParts parts = TrainerParts.of(trainerSettings, store, clock);
        return TrainerService.start(
                trainerSettings, parts.with(trainer.apply(parts.trainer())), store, clock, run -> {});
    }

    Topics topics() {
        return settings.topics();
    }

    List<String> tasks() {
        return settings.tasks();
    }

    Map<String, Object> clientConfig() {
        return settings.clientConfig();
    }

    ContentStore store() {
        return store;
    }

    Processing processing() {
        return processing;
    }

    /** What is deployed for the task now. */
    Deployment deployment(String task) {
        try (ModelFeed feed =
                new ModelFeed(settings.clientConfig(), settings.topics(), store, settings.trustedKeys())) {
            feed.readToEnd(Duration.ofSeconds(30));
            return Objects.requireNonNull(feed.deployments().get(task), task);
        }
    }

    ModelManifest manifest(String task, String version) {
        try (ModelFeed feed =
                new ModelFeed(settings.clientConfig(), settings.topics(), store, settings.trustedKeys())) {
            feed.readToEnd(Duration.ofSeconds(30));
            return feed.manifest(task, version).orElseThrow();
        }
    }

    Producer<String, TextEvent> eventProducer() {
        return new KafkaProducer<>(
                settings.clientConfig(),
                new StringSerializer(),
                AvroSerde.forValues(TextEvent.class, settings.clientConfig()).serializer());
    }

    /** What was committed of one task that classifies. */
    Committed<ClassificationResult> results(String task) {
        return results(task, ClassificationResult.class);
    }

    /** What was committed of one task. */
    <R extends SpecificRecord> Committed<R> results(String task, Class<R> type) {
        return Committed.of(
                clientConfig(), AvroSerde.forValues(type, clientConfig()).deserializer(), topics().results(task));
    }

    static TextEvent event(String id, String text) {
        return TextEvent.newBuilder()
                .setId(id)
                .setText(text)
                .setEventTime(Instant.EPOCH)
                .build();
    }

    @Override
    public void close() {
        try (registry) {
            processing.close();
        }
    }
}
