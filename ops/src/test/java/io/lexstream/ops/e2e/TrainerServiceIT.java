package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.events.DeadLetter;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.SigningKey;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.ops.local.EmbeddedRegistry;
import io.lexstream.ops.models.StarterModels;
import io.lexstream.ops.topics.TopicCreator;
import io.lexstream.ops.topics.TopicPlan;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.LabelKind;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.service.RequestedRun;
import io.lexstream.trainer.service.TrainerParts;
import io.lexstream.trainer.service.TrainerService;
import io.lexstream.trainer.service.TrainerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From labels to a version that serves, on a real broker with a real training. */
class TrainerServiceIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private final Map<String, Producer<String, SpecificRecord>> producers = new HashMap<>();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private EmbeddedKafka kafka;
    private SigningKey key;
    private EmbeddedRegistry registry;
    private TrainerSettings settings;
    private ContentStore store;

    @BeforeEach
    void startCluster() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        key = SigningKey.readOrGenerate(directory.resolve("signing.key"));
        settings = settings("one", Map.of());
        store = new ContentStore(settings.modelCache());
        try (Admin admin = Admin.create(settings.clientConfig())) {
            new TopicCreator(admin)
                    .create(TopicPlan.all(settings.topics(), settings.tasks(), 2), Optional.of((short) 1));
        }
        try (ModelPublisher publisher = new ModelPublisher(
                settings.clientConfig(), settings.topics(), settings.trustedKeys(), Optional.of(key))) {
            publisher.publishAndPromote(
                    new StarterModels(directory.resolve("starter"), store)
                            .find("sentiment")
                            .orElseThrow(),
                    "starter");
        }
    }

    @AfterEach
    void stopCluster() {
        registry.close();
        kafka.close();
    }

    @Test
    void labelsBecomeAVersionThatServes() throws Exception {
        Map<String, String> slang = ShopSlang.some();
        send(slang);
        try (Committed<byte[]> letters = Committed.bytesOf(
                        settings.clientConfig(), settings.topics().deadLetters());
                Committed<TrainerRun> runs =
                        committed(TrainerRun.class, settings.topics().runs());
                TrainerService service = startCopying(settings)) {
            slang.forEach((text, label) ->
                    send(correction("event of " + text, label, "").build()));
            send(correction("an event that never was", "positive", "").build());
            send(correction("event of x", "splendid", "").build());
            send(stars(5, "Came a day early. The courier even carried the wardrobe upstairs!"));

            TrainerRun end = awaitEnd(runs, service);

            assertThat(end.getState()).as(end.toString()).isEqualTo(RunState.PUBLISHED);
            assertThat(end.getTrigger()).isEqualTo("labels");
            assertThat(end.getHeldOut()).isBetween(1, slang.size() / 2);
            ModelManifest manifest = champion();
            assertThat(manifest.getVersion()).isEqualTo(end.getVersion());
            assertThat(manifest.getParent()).isEqualTo(end.getParent());
            assertThat(manifest.getProvenance())
                    .containsKeys(
                            "seed", "data/labels", "data/rows", "java", "onnxruntime", "setting/train.min.new.labels");
            assertThat(manifest.getMetrics()).containsKey("candidate/accuracy");
            assertThat(card(manifest))
                    .startsWith("# sentiment@" + end.getVersion())
                    .contains("What the gate said", end.getParent());
            assertThat(directory.resolve("training one")).isEmptyDirectory();
            assertThat(letters.await(2))
                    .extracting(letter -> new String(
                            letter.headers().lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrder("unknown-label", "unknown-event");
        }
        try (Committed<TrainingExample> examples =
                committed(TrainingExample.class, settings.topics().examples())) {
            List<ConsumerRecord<byte[], TrainingExample>> joined = examples.settle(Duration.ofSeconds(1));
            assertThat(joined)
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .doesNotHaveDuplicates()
                    .hasSize(slang.size() + 1);
            assertThat(joined)
                    .filteredOn(record -> record.value().getWeight() == 0.5)
                    .extracting(record -> record.value().getLabel())
                    .containsExactly("positive");
        }
    }

    @Test
    void anotherInstanceGoesOnWithTheRunOfOneThatIsClosed() throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CandidateTrainer endless = (request, out, progress) -> {
            inTheMiddle.countDown();
            CountDownLatch never = new CountDownLatch(1);
            while (true) {
                request.watch().check();
                awaitAMoment(never);
            }
        };
        TrainerSettings other =
                settings("two", Map.of("train.dir", settings.directory().toString()));
        TrainerParts stuck = parts(settings).with(endless);
        TrainerService first = TrainerService.start(settings, stuck, store, Clock.systemUTC(), run -> {});
        try (Committed<TrainerRun> runs =
                committed(TrainerRun.class, settings.topics().runs())) {
            Awaitility.await().atMost(LONG).until(first::leads);
            try (TrainerService second = startCopying(other)) {
                ShopSlang.some()
                        .forEach((text, label) ->
                                send(correction("", label, text).build()));
                assertThat(inTheMiddle.await(LONG.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(second.leads()).isFalse();

                first.close();

                TrainerRun end = awaitEnd(runs, second);
                assertThat(end.getState()).as(end.toString()).isEqualTo(RunState.PUBLISHED);
                assertThat(end.getInstance()).isEqualTo("two");
                assertThat(champion().getVersion()).isEqualTo(end.getVersion());
                assertThat(runs.settle(Duration.ofSeconds(1)))
                        .extracting(record -> record.value().getRunId())
                        .containsOnly(end.getRunId());
            }
        } finally {
            first.close();
        }
    }

    @Test
    void aRunWhoseDataWentAwayIsEndedAndBegunAnew() throws Exception {
        TrainerRun lost = TrainerRun.newBuilder()
                .setRunId("sentiment@20260101-000000")
                .setTask("sentiment")
                .setState(RunState.TRAINING)
                .setInstance("gone")
                .setVersion("20260101-000000")
                .setMetrics(Map.of("examples/end", 1000.0))
                .setStartedAt(Instant.parse("2026-01-01T00:00:00Z"))
                .build();
        produce(settings.topics().runs(), lost.getRunId(), lost);
        ShopSlang.some()
                .forEach((text, label) -> send(correction("", label, text).build()));
        try (Committed<TrainerRun> runs =
                        committed(TrainerRun.class, settings.topics().runs());
                TrainerService service = startCopying(settings)) {
            TrainerRun end = awaitRun(runs, service, run -> run.getState() == RunState.PUBLISHED);

            assertThat(end.getRunId()).isNotEqualTo(lost.getRunId());
            assertThat(runs.settle(Duration.ofSeconds(1)))
                    .extracting(ConsumerRecord::value)
                    .anySatisfy(run -> {
                        assertThat(run.getRunId()).isEqualTo(lost.getRunId());
                        assertThat(run.getState()).isEqualTo(RunState.FAILED);
                        assertThat(run.getReasons()).containsExactly("its trainer went away");
                    });
        }
    }

    @Test
    void poisonedLabelsAreRejectedAndTheChampionStays() throws Exception {
        Map<String, String> slang = ShopSlang.some();
        TrainerSettings few =
                settings("one", Map.of("train.min.new.labels", "1000", "train.trusted.data", trusted(slang)));
        try (TrainerService service = start(few)) {
            assertThat(service.failure()).isNotDone();
            slang.forEach((text, label) -> send(correction("", label.equals("positive") ? "negative" : "positive", text)
                    .build()));
            try (Committed<TrainingExample> examples =
                    committed(TrainingExample.class, settings.topics().examples())) {
                examples.await(slang.size());
            }
            try (RequestedRun requested = RequestedRun.ask(few, "sentiment", Clock.systemUTC())) {
                TrainerRun[] last = new TrainerRun[1];
                Awaitility.await().atMost(LONG).until(() -> {
                    requested.poll(Duration.ofMillis(200)).ifPresent(run -> last[0] = run);
                    return last[0] != null && RequestedRun.isOver(last[0]);
                });

                assertThat(last[0].getState()).as(last[0].toString()).isEqualTo(RunState.REJECTED);
                assertThat(last[0].getTrigger()).isEqualTo("command");
                assertThat(last[0].getReasons()).anyMatch(reason -> reason.startsWith("trusted rows: NO"));
                assertThat(champion().getVersion()).isEqualTo(last[0].getParent());
            }
        }
    }

    @Test
    void aLabelThatWaitsForItsTextIsJoinedOnceByWhoeverTakesOver() {
        TrainerSettings patient = settings("one", Map.of("train.label.wait", "1h"));
        try (Committed<TrainingExample> examples =
                committed(TrainingExample.class, settings.topics().examples())) {
            try (TrainerService service = start(patient)) {
                assertThat(service.failure()).isNotDone();
                send(correction("e1", "positive", "").build());
                send(correction("e2", "positive", "It came on time.").build());
                send(correction("e3", "negative", "It came too late.").build());
                examples.await(2);
            }
            produce(settings.topics().events(), "key", Stack.event("e1", "It came early!"));

            try (TrainerService service = start(patient)) {
                examples.await(3);
                assertThat(service.failure()).isNotDone();
            }

            assertThat(examples.settle(Duration.ofSeconds(1)))
                    .extracting(record -> record.value().getEventId())
                    .containsExactlyInAnyOrder("e1", "e2", "e3");
        }
    }

    @Test
    void aVersionThatIsToBeTriedBecomesTheChallenger() {
        TrainerSettings canary = settings("one", Map.of("train.promotion", "canary", "train.canary.share", "0.25"));
        try (Committed<TrainerRun> runs =
                        committed(TrainerRun.class, settings.topics().runs());
                TrainerService service = startCopying(canary)) {
            ShopSlang.some()
                    .forEach((text, label) -> send(correction("", label, text).build()));

            TrainerRun end = awaitEnd(runs, service);

            assertThat(end.getState()).as(end.toString()).isEqualTo(RunState.PUBLISHED);
            Deployment live = deployment();
            assertThat(live.getChampion()).isEqualTo(end.getParent());
            assertThat(live.getChallenger()).isEqualTo(end.getVersion());
            assertThat(live.getMode()).isEqualTo(DeploymentMode.CANARY);
            assertThat(live.getShare()).isEqualTo(0.25);
        }
    }

    private String card(ModelManifest manifest) throws Exception {
        try (ModelFeed feed =
                new ModelFeed(settings.clientConfig(), settings.topics(), store, settings.trustedKeys())) {
            feed.readToEnd(LONG);
            return Files.readString(feed.fetch(manifest).file(FileRole.CARD).orElseThrow());
        }
    }

    private Deployment deployment() {
        try (ModelFeed feed =
                new ModelFeed(settings.clientConfig(), settings.topics(), store, settings.trustedKeys())) {
            feed.readToEnd(LONG);
            return feed.deployments().get("sentiment");
        }
    }

    private TrainerSettings settings(String instance, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", registry.url(),
                "tasks", "sentiment",
                "instance.id", instance,
                "model.cache.dir", directory.resolve("models").toString(),
                "train.min.new.labels", String.valueOf(ShopSlang.some().size()),
                "train.label.wait", "1s",
                "train.dir", directory.resolve("training " + instance).toString()));
        given.put("model.signing.key", directory.resolve("signing.key").toString());
        given.put("model.trusted.keys", key.publicKey().text());
        given.putAll(more);
        return TrainerSettings.of(given, Map.of());
    }

    private TrainerParts parts(TrainerSettings of) {
        return TrainerParts.of(of, store, Clock.systemUTC());
    }

    /** What it trains is a copy of the champion. */
    private TrainerService startCopying(TrainerSettings of) {
        return TrainerService.start(of, parts(of).with(new CopyTrainer(store)), store, Clock.systemUTC(), run -> {});
    }

    private TrainerService start(TrainerSettings of) {
        return TrainerService.start(of, parts(of), store, Clock.systemUTC(), run -> {});
    }

    private String trusted(Map<String, String> rows) throws Exception {
        List<String> lines = new ArrayList<>();
        rows.forEach((text, label) -> lines.add("{\"text\":\"" + text + "\",\"label\":\"" + label + "\"}"));
        lines.add("{\"text\":\"I love it, thank you so much.\",\"label\":\"positive\"}");
        lines.add("{\"text\":\"Terrible, it broke at once.\",\"label\":\"negative\"}");
        Files.createDirectories(directory.resolve("trusted"));
        Files.write(directory.resolve("trusted/sentiment.jsonl"), lines);
        return directory.resolve("trusted/{task}.jsonl").toString();
    }

    private static TextLabel.Builder correction(String eventId, String label, String text) {
        return TextLabel.newBuilder()
                .setEventId(eventId)
                .setTask("sentiment")
                .setValue(label)
                .setText(text)
                .setCreatedAt(Instant.now());
    }

    private static TextLabel stars(int stars, String text) {
        return correction("", "", text)
                .setKind(LabelKind.STAR_RATING)
                .setStars(stars)
                .build();
    }

    private void send(Map<String, String> texts) {
        texts.keySet()
                .forEach(text -> produce(settings.topics().events(), "key", Stack.event("event of " + text, text)));
    }

    private void send(TextLabel label) {
        produce(settings.topics().labels(), label.getEventId(), label);
    }

    private <T extends SpecificRecord> void produce(String topic, String key, T value) {
        sent.add(producers
                .computeIfAbsent(
                        "all",
                        name -> new KafkaProducer<>(
                                settings.clientConfig(),
                                new StringSerializer(),
                                AvroSerde.<SpecificRecord>forValues(settings.clientConfig())
                                        .serializer()))
                .send(new ProducerRecord<>(topic, key, value)));
    }

    @AfterEach
    void everythingWasSent() throws Exception {
        producers.values().forEach(Producer::close);
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    private <T extends SpecificRecord> Committed<T> committed(Class<T> type, String topic) {
        return Committed.of(
                settings.clientConfig(),
                AvroSerde.forValues(type, settings.clientConfig()).deserializer(),
                topic);
    }

    private static TrainerRun awaitEnd(Committed<TrainerRun> runs, TrainerService service) {
        return awaitRun(runs, service, RequestedRun::isOver);
    }

    private static TrainerRun awaitRun(
            Committed<TrainerRun> runs, TrainerService service, Predicate<TrainerRun> wanted) {
        CompletableFuture<TrainerRun> found = new CompletableFuture<>();
        Awaitility.await().atMost(LONG).until(() -> {
            assertThat(service.failure()).isNotDone();
            runs.settle(Duration.ofMillis(300)).stream()
                    .map(ConsumerRecord::value)
                    .filter(wanted)
                    .findFirst()
                    .ifPresent(found::complete);
            return found.isDone();
        });
        return found.join();
    }

    private ModelManifest champion() {
        try (ModelFeed feed =
                new ModelFeed(settings.clientConfig(), settings.topics(), store, settings.trustedKeys())) {
            feed.readToEnd(LONG);
            String version = feed.deployments().get("sentiment").getChampion();
            return feed.manifest("sentiment", version).orElseThrow();
        }
    }

    private static void awaitAMoment(CountDownLatch never) {
        try {
            never.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
