package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.schemas.TextEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody may write to the model topics and has no trusted key: nothing of theirs serves, all of it is reported. */
class TrustIT {
    private static final String TASK = "sentiment";

    @Test
    void onlyWhatATrustedKeySignedIsSwappedIn(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(directory, kafka.bootstrapServers(), 1, Map.of());
                Committed<ModelStatus> statuses = Committed.of(
                        stack.clientConfig(),
                        AvroSerde.forValues(ModelStatus.class, stack.clientConfig())
                                .deserializer(),
                        stack.topics().modelStatus())) {
            BaseEncoder base = BaseEncoders.onClassPath().all().get(0);
            TestPackages packages = new TestPackages(directory.resolve("packages"), stack.store());
            int known = statuses.settle(Duration.ofSeconds(1)).size();
            byte[] first = last(stack, TASK);

            try (ModelPublisher ours = stack.publisher()) {
                ours.publishAndPromote(packages.sound("ours", base, 1), "by the right key");
            }
            ModelStatus served = statuses.await(++known).get(known - 1).value();
            assertThat(served.getState()).isEqualTo(ModelState.SERVING);
            assertThat(served.getServing()).isEqualTo("ours");

            ModelVersion unsigned = publish(stack, Optional.empty(), packages, "unsigned", base);
            known = assertRefused(statuses, known, unsigned, "unsigned");
            ModelVersion strangers = publish(stack, Optional.of(SigningKey.generate()), packages, "strangers", base);
            known = assertRefused(statuses, known, strangers, "not trusted here");

            put(stack, TASK, first);
            ModelStatus replayed = statuses.await(++known).get(known - 1).value();
            assertThat(replayed.getState()).isEqualTo(ModelState.REFUSED);
            assertThat(replayed.getReason()).contains("older than the one known");
            assertThat(replayed.getServing()).isEqualTo("ours");

            put(stack, TASK + "@better", last(stack, TASK + "@ours"));
            ModelStatus relabelled = statuses.await(++known).get(known - 1).value();
            assertThat(relabelled.getState()).isEqualTo(ModelState.REFUSED);
            assertThat(relabelled.getModel().getVersion()).isEqualTo("better");
            assertThat(relabelled.getModel().getDigest())
                    .isEqualTo(served.getModel().getDigest());

            assertThat(versionThatAnswers(stack)).isEqualTo("ours");
        }
    }

    /** As somebody who trusts anybody. */
    private static ModelVersion publish(
            Stack stack, Optional<SigningKey> key, TestPackages packages, String version, BaseEncoder base)
            throws Exception {
        try (ModelPublisher theirs = new ModelPublisher(stack.clientConfig(), stack.topics(), TrustedKeys.ANY, key)) {
            return theirs.publishAndPromote(packages.sound(version, base, 2), "not by the right key");
        }
    }

    /** Once for the manifest, once for the deployment. */
    private static int assertRefused(Committed<ModelStatus> statuses, int known, ModelVersion version, String reason) {
        List<ConsumerRecord<byte[], ModelStatus>> all = statuses.await(known + 2);
        assertThat(all.subList(known, known + 2)).allSatisfy(record -> {
            ModelStatus status = record.value();
            assertThat(status.getState()).isEqualTo(ModelState.REFUSED);
            assertThat(status.getModel().getVersion()).isEqualTo(version.version());
            assertThat(status.getModel().getDigest()).isEqualTo(version.digest());
            assertThat(status.getReason()).contains(reason);
            assertThat(status.getServing()).isEqualTo("ours");
        });
        return known + 2;
    }

    /** The newest value of a key on the models topic. */
    private static byte[] last(Stack stack, String key) {
        try (Committed<byte[]> records =
                Committed.bytesOf(stack.clientConfig(), stack.topics().models())) {
            byte[] newest = {};
            for (ConsumerRecord<byte[], byte[]> record : records.settle(Duration.ofSeconds(1))) {
                if (new String(record.key(), StandardCharsets.UTF_8).equals(key)) {
                    newest = record.value();
                }
            }
            return newest;
        }
    }

    private static void put(Stack stack, String key, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.clientConfig().get("bootstrap.servers")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(stack.topics().models(), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    private static String versionThatAnswers(Stack stack) throws Exception {
        try (Producer<String, TextEvent> producer = stack.eventProducer();
                Committed<ClassificationResult> results = stack.results(TASK)) {
            producer.send(new ProducerRecord<>(
                            stack.topics().events(), "key", Stack.event("after", "The jam came late.")))
                    .get();
            return results.await(1).get(0).value().getModel().getVersion();
        }
    }
}
