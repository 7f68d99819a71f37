package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPublisher;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.trainer.service.RequestedRun;
import io.lexstream.trainer.service.TrainerService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that the trainer decides by itself, on a real broker, with processors that serve both versions. */
class TrialControllerIT {
    private static final List<String> ORDINARY = List.of(
            "I love this %s, it works perfectly.",
            "The %s broke after two days and I want my money back.",
            "The %s arrives on Monday.",
            "What a great %s, I would buy it again!",
            "Terrible %s, a waste of money.",
            "Where can I find the manual of the %s?",
            "The %s is beautiful and my family is happy with it.",
            "I am angry: the %s came late and broken.",
            "The %s is made of steel and weighs two pounds.",
            "Thank you, the %s is exactly what I hoped for.",
            "The %s is ugly and smells bad.",
            "One %s, paid by card, delivered to the office.");

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;

    @BeforeEach
    void startBroker() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
    }

    @AfterEach
    void stopBroker() {
        kafka.close();
    }

    @Test
    void aVersionOfARunIsTriedAndPromotedWithoutACommand() throws Exception {
        try (Stack stack = start(Map.of("train.min.new.labels", "100", "train.canary.share", "0.5"));
                TrainerService trainer = stack.startTrainer(
                        directory, learning -> new CopyTrainer(new ContentStore(directory.resolve("models"))));
                Committed<TrainerRun> runs =
                        committed(stack, TrainerRun.class, stack.topics().runs());
                Committed<ModelStatus> statuses =
                        committed(stack, ModelStatus.class, stack.topics().modelStatus());
                Committed<ClassificationResult> results = stack.results("sentiment")) {
            String starter = stack.deployment("sentiment").getChampion();
            ShopSlang.some().forEach((text, label) -> label(stack, text, label));
            TrainerRun run = find(runs, RequestedRun::isOver);
            assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.PUBLISHED);
            String challenger = run.getVersion();
            find(
                    statuses,
                    said -> said.getState() == ModelState.TRYING
                            && said.getModel().getVersion().equals(challenger));
            assertThat(stack.deployment("sentiment").getChampion()).isEqualTo(starter);

            events(stack, 0, 200);

            Deployment live = await(
                    () -> stack.deployment("sentiment"),
                    deployment -> deployment.getChampion().equals(challenger));
            assertThat(live.getChallenger()).isEmpty();
            assertThat(live.getHistory().get(0)).isEqualTo(starter);
            assertThat(live.getReason()).contains(challenger, "promoted after its trial: no guard tripped", "results");
            TrainerRun told = find(
                    runs, said -> said.getReasons().stream().anyMatch(reason -> reason.startsWith("promoted after")));
            assertThat(told.getRunId()).isEqualTo(run.getRunId());
            assertThat(told.getState()).isEqualTo(RunState.PUBLISHED);
            assertThat(told.getReasons()).containsAll(run.getReasons());
            find(
                    statuses,
                    said -> said.getState() == ModelState.SERVING
                            && said.getServing().equals(challenger));
            results.await(200);
            events(stack, 200, 250);
            assertThat(results.await(250).subList(200, 250))
                    .extracting(result -> result.value().getModel().getVersion())
                    .containsOnly(challenger);
            assertThat(trainer.failure()).isNotDone();
        }
    }

    @Test
    void peoplesLabelsEndATrialThatNoGuardEnds() throws Exception {
        try (Stack stack = start(Map.of("train.min.new.labels", "1000"));
                TrainerService trainer = stack.startTrainer(directory);
                Committed<ModelStatus> statuses =
                        committed(stack, ModelStatus.class, stack.topics().modelStatus())) {
            String starter = stack.deployment("sentiment").getChampion();
            try (ModelPublisher publisher = stack.publisher()) {
                publisher.publish(new TestPackages(directory.resolve("packages"), stack.store())
                        .sound("seeded", BaseEncoders.onClassPath().named("bge-small-en-v1.5"), 1));
                publisher.challenge("sentiment", "seeded", DeploymentMode.CANARY, 0.1, "nobody sends it a text");
            }
            find(statuses, said -> said.getState() == ModelState.TRYING);

            for (String item : ShopSlang.THINGS) {
                label(stack, "I love this " + item + ", it works perfectly and looks great!", "positive");
                label(stack, "The " + item + " is terrible, it broke at once and I am very angry.", "negative");
            }

            Deployment live = await(
                    () -> stack.deployment("sentiment"),
                    deployment -> deployment.getChallenger().isEmpty());
            assertThat(live.getChampion()).isEqualTo(starter);
            assertThat(live.getReason())
                    .containsPattern(
                            "seeded was not promoted after its trial: of \\d+ labelled texts only the champion");
            ModelStatus last = find(
                    statuses,
                    said -> said.getState() == ModelState.SERVING
                            && said.getReason().contains("labelled texts"));
            assertThat(last.getServing()).isEqualTo(starter);
            assertThat(trainer.failure()).isNotDone();
        }
    }

    @Test
    void aCanaryThatGetsNoVerdictEndsInTime() throws Exception {
        try (Stack stack = start(Map.of("trial.max.time", "3s"));
                TrainerService trainer = stack.startTrainer(directory)) {
            try (ModelPublisher publisher = stack.publisher()) {
                publisher.publish(new TestPackages(directory.resolve("packages"), stack.store())
                        .sound("seeded", BaseEncoders.onClassPath().named("bge-small-en-v1.5"), 1));
                publisher.challenge("sentiment", "seeded", DeploymentMode.CANARY, 0.1, "nobody sends it a text");
            }

            Deployment live = await(
                    () -> stack.deployment("sentiment"),
                    deployment -> deployment.getChallenger().isEmpty());

            assertThat(live.getReason()).contains("no verdict within", "0 results");
            assertThat(trainer.failure()).isNotDone();
        }
    }

    private Stack start(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "tasks", "sentiment",
                "trial.min.results", "40",
                "trial.report.ms", "200",
                "train.promotion", "canary",
                "train.label.wait", "1s"));
        settings.putAll(more);
        return Stack.start(directory, kafka.bootstrapServers(), 1, settings);
    }

    private static <T> T await(Callable<T> asked, Predicate<T> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(asked, wanted);
    }

    /** The last of what is wanted, once there is one. */
    private static <T> T find(Committed<T> topic, Predicate<T> wanted) {
        return await(
                        () -> topic.settle(Duration.ofMillis(100)).stream()
                                .map(ConsumerRecord::value)
                                .filter(wanted)
                                .reduce((earlier, later) -> later),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static <T extends SpecificRecord> Committed<T> committed(Stack stack, Class<T> type, String topic) {
        return Committed.of(
                stack.clientConfig(),
                AvroSerde.forValues(type, stack.clientConfig()).deserializer(),
                topic);
    }

    private static void label(Stack stack, String text, String label) {
        TextLabel correction = TextLabel.newBuilder()
                .setEventId("event of " + text)
                .setTask("sentiment")
                .setValue(label)
                .setText(text)
                .setCreatedAt(Instant.now())
                .build();
        try (Producer<String, TextLabel> producer = new KafkaProducer<>(
                stack.clientConfig(),
                new StringSerializer(),
                AvroSerde.forValues(TextLabel.class, stack.clientConfig()).serializer())) {
            Future<?> unused =
                    producer.send(new ProducerRecord<>(stack.topics().labels(), correction.getEventId(), correction));
        }
    }

    /** Ordinary texts, number {@code from} up to {@code to}. */
    private static void events(Stack stack, int from, int to) {
        try (Producer<String, TextEvent> producer = stack.eventProducer()) {
            for (int i = from; i < to; i++) {
                String text = ORDINARY.get(i % ORDINARY.size())
                        .formatted(ShopSlang.THINGS.get(i / ORDINARY.size() % ShopSlang.THINGS.size()));
                Future<?> unused = producer.send(
                        new ProducerRecord<>(stack.topics().events(), "key-" + i % 50, Stack.event("e-" + i, text)));
            }
        }
    }
}
