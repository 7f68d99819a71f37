package io.lexstream.ops.local;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.SigningKey;
import io.lexstream.ops.models.StarterModels;
import io.lexstream.ops.topics.TopicCreator;
import io.lexstream.ops.topics.TopicPlan;
import io.lexstream.processors.Processing;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.runtime.CloseStack;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.trainer.service.TrainerParts;
import io.lexstream.trainer.service.TrainerService;
import io.lexstream.trainer.service.TrainerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Everything in one process: broker, schema registry, models, processors, trainer. Its data outlives it. */
public final class LocalMode implements AutoCloseable {
    private static final int PARTITIONS = 4;
    /** The starter package that quotes: nothing of it is fitted to corrections. */
    private static final String QUOTES = "summary";

    private static final String MESSAGES = "/corpus/feedback-1.jsonl";
    private static final String TRANSLATIONS = "translation.jsonl";

    private static final Duration MODELS_TIMEOUT = Duration.ofSeconds(60);
    /** Kafka Streams would finish all that it has polled; what is left is processed after the next start. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration READY_CHECK = Duration.ofMillis(50);

    private final Path directory;
    private final CloseStack opened = new CloseStack();
    private final List<CompletionStage<Void>> watched = new ArrayList<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private LocalMode(Path directory) {
        this.directory = directory;
    }

    /**
     * Takes the directory; nothing runs yet.
     *
     * @throws IOException if another local mode uses it
     */
    public static LocalMode in(Path directory) throws IOException {
        LocalMode local = new LocalMode(directory.toAbsolutePath());
        local.opened.add(DirectoryLock.take(local.directory));
        return local;
    }

    /**
     * Starts all parts, one after the other, and returns when events flow.
     *
     * @param runs is told when a training begins and ends
     * @return the settings by which clients reach it
     */
    public ProcessorSettings start(LocalSettings wanted, Steps steps, Consumer<TrainerRun> runs) throws Exception {
        EmbeddedKafka kafka =
                steps.run("broker", () -> startKafka(wanted.kafkaPort()), EmbeddedKafka::bootstrapServers);
        EmbeddedRegistry registry = steps.run(
                "registry",
                () -> opened.add(EmbeddedRegistry.start(kafka.bootstrapServers(), wanted.registryPort())),
                EmbeddedRegistry::url);
        Map<String, String> given = settings(wanted, kafka, registry);
        given.putAll(signing(wanted));
        ProcessorSettings settings = ProcessorSettings.of(given, withoutOurs(wanted.environment()));
        steps.run("topics", () -> createTopics(settings), created -> created + " created");
        steps.run("models", () -> publishStarters(settings), lines -> String.join(", ", lines));
        Processing processing = steps.run(
                "processors",
                () -> startProcessing(settings, steps),
                running -> "http://localhost:" + running.httpPort());
        assert processing != null;
        steps.run(
                "trainer",
                () -> startTrainer(new TrainerSettings(settings.values()), runs),
                tasks -> "learns " + String.join(", ", tasks) + " from "
                        + settings.topics().labels());
        return settings;
    }

    private EmbeddedKafka startKafka(int port) throws IOException {
        var settings = EmbeddedKafkaSettings.in(directory.resolve("kafka")).withPort(port);
        EmbeddedKafka kafka = opened.add(EmbeddedKafka.start(settings));
        watch(kafka.fatalFault());
        return kafka;
    }

    private Map<String, String> settings(LocalSettings wanted, EmbeddedKafka kafka, EmbeddedRegistry registry)
            throws IOException {
        Map<String, String> settings = new HashMap<>(wanted.processing());
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("http.port", String.valueOf(Ports.freeOr(wanted.httpPort())));
        settings.put("state.dir", directory.resolve("streams").toString());
        if (!wanted.choosesTasks()) {
            List<String> tasks = StarterModels.tasks();
            settings.put("tasks", String.join(",", tasks));
            settings.putIfAbsent(
                    "train.tasks",
                    tasks.stream().filter(task -> !task.equals(QUOTES)).collect(Collectors.joining(",")));
        }
        settings.putIfAbsent("train.trusted.data", trustedData());
        settings.putIfAbsent("instance.id", "local");
        settings.putIfAbsent("train.dir", directory.resolve("training").toString());
        settings.putIfAbsent("train.min.new.labels", "20"); // one person's afternoon
        // As much as our broker takes, so that a dead letter holds all of what was too large.
        settings.putIfAbsent("output.max.bytes", String.valueOf(EmbeddedKafka.MESSAGE_BYTES));
        return settings;
    }

    /** What versions are measured on: messages of the feedback corpus for translators, golden cases for the others. */
    private String trustedData() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("trusted"));
        try (InputStream messages = LocalMode.class.getResourceAsStream(MESSAGES)) {
            Files.copy(
                    Objects.requireNonNull(messages, MESSAGES),
                    folder.resolve(TRANSLATIONS),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.resolve("{task}.jsonl").toString();
    }

    /** It signs what it publishes itself with the given key, or one of its own, which is made at the first start. */
    private Map<String, String> signing(LocalSettings wanted) throws IOException {
        ProcessorSettings given = ProcessorSettings.of(wanted.processing(), wanted.environment());
        Path file = given.signingKey().orElse(directory.resolve("signing.key")).toAbsolutePath();
        SigningKey key = given.signingKey().isPresent() ? SigningKey.read(file) : SigningKey.readOrGenerate(file);
        List<String> trusted = new ArrayList<>(given.trustedKeyTexts());
        trusted.add(key.publicKey().text());
        return Map.of("model.signing.key", file.toString(), "model.trusted.keys", String.join(",", trusted));
    }

    /** The environment may set anything but where our own parts are, and has had its say about keys. */
    private static Map<String, String> withoutOurs(Map<String, String> environment) {
        Map<String, String> rest = new HashMap<>(environment);
        List.of(
                        "BOOTSTRAP_SERVERS",
                        "SCHEMA_REGISTRY_URL",
                        "HTTP_PORT",
                        "STATE_DIR",
                        "MODEL_SIGNING_KEY",
                        "MODEL_TRUSTED_KEYS")
                .forEach(name -> rest.remove("LEXSTREAM_" + name));
        return rest;
    }

    private static long createTopics(ProcessorSettings settings) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(settings.clientConfig())) {
            var plans = TopicPlan.all(settings.topics(), settings.tasks(), PARTITIONS);
            return new TopicCreator(admin)
                    .create(plans, Optional.empty()).stream()
                            .filter(TopicCreator.Outcome::created)
                            .count();
        }
    }

    /** A task that has a champion keeps it: somebody may have promoted another version than ours. */
    private List<String> publishStarters(ProcessorSettings settings) throws IOException, ModelRejectedException {
        ContentStore store = new ContentStore(settings.modelCache());
        Map<String, Deployment> deployed = deployments(settings, store);
        StarterModels starters = new StarterModels(settings.modelCache().resolveSibling("starter"), store);
        List<String> said = new ArrayList<>();
        for (String task : settings.tasks()) {
            Deployment live = deployed.get(task);
            Optional<ModelPackage> starter = live == null ? starters.find(task) : Optional.empty();
            if (starter.isPresent()) {
                try (var publisher = publisher(settings)) {
                    said.add(publisher.publishAndPromote(starter.get(), "starter package") + " published");
                }
            } else {
                said.add(live == null ? task + " has none yet, publish one" : task + "@" + live.getChampion());
            }
        }
        return said;
    }

    private static ModelPublisher publisher(ProcessorSettings settings) throws IOException {
        SigningKey key = SigningKey.read(settings.signingKey().orElseThrow());
        return new ModelPublisher(settings.clientConfig(), settings.topics(), settings.trustedKeys(), Optional.of(key));
    }

    private static Map<String, Deployment> deployments(ProcessorSettings settings, ContentStore store) {
        var trusted = settings.trustedKeys();
        try (var feed = new ModelFeed(settings.clientConfig(), settings.topics(), store, trusted)) {
            feed.readToEnd(MODELS_TIMEOUT);
            return Map.copyOf(feed.deployments());
        }
    }

    private Processing startProcessing(ProcessorSettings settings, Steps steps) throws Exception {
        Processing processing = Processing.start(settings);
        opened.add(() -> processing.close(PATIENCE));
        watch(processing.failure());
        while (!processing.reasonsNotReady().isEmpty()) {
            steps.check();
            failIfFailed();
        }
        return processing;
    }

    private List<String> startTrainer(TrainerSettings settings, Consumer<TrainerRun> runs) {
        ContentStore store = new ContentStore(settings.modelCache());
        Clock clock = Clock.systemUTC();
        TrainerParts parts = TrainerParts.of(settings, store, clock);
        TrainerService trainer = opened.add(TrainerService.start(settings, parts, store, clock, runs));
        watch(trainer.failure());
        return settings.trainedTasks();
    }

    /** Waits a moment for a failure. */
    private void failIfFailed() throws InterruptedException, ExecutionException {
        try {
            throw new ExecutionException(failure.get(READY_CHECK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException none) {
            return;
        }
    }

    /** Takes ownership of something that uses the parts: it is closed before them. */
    public <T extends AutoCloseable> T own(T user) {
        return opened.add(user);
    }

    private void watch(CompletionStage<Throwable> part) {
        watched.add(part.thenAccept(failure::complete));
    }

    /** Done with the reason when a part can no longer go on. */
    public CompletableFuture<Throwable> failure() {
        return failure.copy();
    }

    /** Stops all parts in reverse order. */
    @Override
    public void close() {
        opened.close();
    }
}
