package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ModelPublisher;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.schemas.ReviewRequest;
import io.lexstream.schemas.TextEvent;
import io.lexstream.trainer.service.TrainerService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that passes every check and is bad all the same, tried on a real broker. */
class TrialIT {
    private static final String BAD = "seeded";
    private static final Map<String, String> SETTINGS =
            Map.of("tasks", "sentiment", "trial.min.results", "40", "trial.report.ms", "200");

    @Test
    void aBadCanaryTripsAGuardAndTheTrainerEndsItsTrial(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(directory, kafka.bootstrapServers(), 1, SETTINGS);
                Committed<ModelStatus> statuses = Committed.of(
                        stack.clientConfig(),
                        AvroSerde.forValues(ModelStatus.class, stack.clientConfig())
                                .deserializer(),
                        stack.topics().modelStatus());
                Committed<ClassificationResult> results = stack.results("sentiment")) {
            String champion = only(statuses.await(1)).getServing();
            try (ModelPublisher publisher = stack.publisher()) {
                publisher.publish(new TestPackages(directory.resolve("packages"), stack.store())
                        .sound(BAD, BaseEncoders.onClassPath().named("bge-small-en-v1.5"), 1));
                publisher.challenge("sentiment", BAD, DeploymentMode.CANARY, 0.5, "to see it fail");
            }
            ModelStatus trying = last(statuses, 3); // the champion again, and the challenger
            assertThat(trying.getState()).isEqualTo(ModelState.TRYING);
            assertThat(trying.getServing()).isEqualTo(champion);

            send(stack, 0, 200);

            Set<String> whileTried = versions(results.await(200));
            assertThat(whileTried).contains(champion, BAD);
            List<ModelStatus> said = untilTripped(statuses);
            ModelStatus tripped = said.get(said.size() - 1);
            assertThat(tripped.getReason()).isNotEmpty();
            assertThat(tripped.getTrial()).containsKeys("since", "results", "disagreements", "champion.seconds");

            Deployment ended = endedByATrainerThatComesLater(stack, directory);
            assertThat(ended.getChampion()).isEqualTo(champion);
            assertThat(ended.getReason()).contains("not promoted after its trial", "test", tripped.getReason());
            assertThat(untilServing(statuses, said.size()).getReason()).isEqualTo(ended.getReason());

            send(stack, 200, 300);
            List<ConsumerRecord<byte[], ClassificationResult>> all = results.await(300);
            assertThat(versions(all.subList(200, 300))).containsExactly(champion);
            assertThat(all)
                    .extracting(result -> result.value().getEventId())
                    .doesNotHaveDuplicates()
                    .hasSize(300);
            assertReviewed(stack);
        }
    }

    /** The processors asked people about some texts where the two disagreed. */
    private static void assertReviewed(Stack stack) {
        try (Committed<ReviewRequest> reviews = Committed.of(
                stack.clientConfig(),
                AvroSerde.forValues(ReviewRequest.class, stack.clientConfig()).deserializer(),
                stack.topics().review())) {
            assertThat(reviews.await(1).get(0).value().getText()).startsWith("Order");
        }
    }

    /** It was not there when the guard tripped, and finds out. */
    private static Deployment endedByATrainerThatComesLater(Stack stack, Path directory) {
        try (TrainerService trainer = stack.startTrainer(directory)) {
            return Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .failFast(() -> trainer.failure().isDone())
                    .until(
                            () -> stack.deployment("sentiment"),
                            live -> live.getChallenger().isEmpty());
        }
    }

    /** The instance's last word: what serves, and why the trial has ended. */
    private static ModelStatus untilServing(Committed<ModelStatus> statuses, int from) {
        for (int count = from + 1; ; count++) {
            ModelStatus next = values(statuses.await(count)).get(count - 1);
            if (next.getState() == ModelState.SERVING) {
                return next;
            }
        }
    }

    private static List<ModelStatus> untilTripped(Committed<ModelStatus> statuses) {
        for (int count = 4; ; count++) {
            List<ModelStatus> said = values(statuses.await(count));
            for (int i = 0; i < said.size(); i++) {
                if (said.get(i).getState() == ModelState.TRIPPED) {
                    return said.subList(0, i + 1);
                }
            }
        }
    }

    private static ModelStatus last(Committed<ModelStatus> statuses, int count) {
        return values(statuses.await(count)).get(count - 1);
    }

    private static ModelStatus only(List<ConsumerRecord<byte[], ModelStatus>> records) {
        assertThat(records).hasSize(1);
        return records.get(0).value();
    }

    private static <T> List<T> values(List<ConsumerRecord<byte[], T>> records) {
        List<T> values = new ArrayList<>();
        records.forEach(record -> values.add(record.value()));
        return values;
    }

    private static Set<String> versions(List<ConsumerRecord<byte[], ClassificationResult>> results) {
        Set<String> versions = new TreeSet<>();
        results.forEach(result -> versions.add(result.value().getModel().getVersion()));
        return versions;
    }

    private static void send(Stack stack, int from, int to) {
        try (Producer<String, TextEvent> producer = stack.eventProducer()) {
            for (int i = from; i < to; i++) {
                String text =
                        "Order " + i + (i % 2 == 0 ? " came late and broken." : " was quick and the jam is good.");
                Future<?> unused = producer.send(
                        new ProducerRecord<>(stack.topics().events(), "key-" + i % 50, Stack.event("e-" + i, text)));
            }
        }
    }
}
