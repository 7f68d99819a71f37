package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.schemas.TranslationResult;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.service.RequestedRun;
import io.lexstream.trainer.service.TrainerService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
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

/** The loop with texts for labels: corrected translations become a better translator, bad ones do not. */
class TranslationLoopIT {
    private static final String TASK = "translation";
    private static final int FRESH = 2;
    private static final int AUTHORS = 5;
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final List<TextPair> kettles = ShopTranslator.pairs(ShopTranslator.MISTAKEN, "kettle");
    private final List<TextPair> corrected = kettles.subList(FRESH, kettles.size());
    private final List<TextPair> fresh = kettles.subList(0, FRESH);
    private final List<TextPair> others = ShopTranslator.others();
    private final List<Future<?>> sent = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private EmbeddedKafka kafka;
    private Stack stack;
    private Producer<String, SpecificRecord> producer;
    private Committed<TranslationResult> results;
    private Committed<TrainerRun> runs;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        Files.createDirectories(directory.resolve("trusted"));
        ShopTranslator.write(
                directory.resolve("trusted/translation.tsv"),
                others.stream()
                        .filter(pair -> pair.source().hashCode() % 3 == 0)
                        .toList());
        Map<String, String> settings = Map.of(
                "tasks",
                TASK,
                "train.min.new.labels",
                String.valueOf(corrected.size()),
                "train.trusted.data",
                directory.resolve("trusted/{task}.tsv").toString(),
                "gate.max.slowdown",
                "10");
        stack = Stack.start(
                directory,
                kafka.bootstrapServers(),
                1,
                settings,
                (task, store) -> ShopTranslator.train(directory, store));
        producer = new KafkaProducer<>(
                stack.clientConfig(),
                new StringSerializer(),
                AvroSerde.<SpecificRecord>forValues(stack.clientConfig()).serializer());
        results = committed(TranslationResult.class, stack.topics().results(TASK));
        runs = committed(TrainerRun.class, stack.topics().runs());
    }

    @AfterEach
    void stop() throws Exception {
        runs.close();
        results.close();
        producer.close();
        stack.close();
        kafka.close();
        for (Future<?> future : sent) {
            future.get();
        }
    }

    @Test
    void correctionsTeachTheTranslatorAWordAndVandalsTeachItNothing() throws Exception {
        others.stream().limit(100).forEach(pair -> event("other", pair.source()));
        kettles.forEach(pair -> event("before", pair.source()));
        results.await(100 + kettles.size());
        assertThat(translation("before", kettles.get(0))).contains("heater");
        assertThat(translation("other", others.get(0))).isEqualTo(others.get(0).target());

        try (TrainerService trainer = stack.startTrainer(directory)) {
            corrected.forEach(pair -> label("before: " + pair.source(), "", pair.target()));
            TrainerRun taught = end(trainer);

            assertThat(taught.getState()).as(taught.toString()).isEqualTo(RunState.PUBLISHED);
            assertThat(taught.getMetrics().get("difference/chrf")).isPositive();
            assertThat(taught.getMetrics()).containsKeys("candidate/bleu", "champion/bleu", "trusted/chrf");
            assertThat(stack.deployment(TASK).getChampion()).isEqualTo(taught.getVersion());
            awaitServing(taught.getVersion());
            fresh.forEach(pair -> assertThat(translation("after", pair)).isEqualTo(pair.target()));
            event("after", others.get(30).source());
            assertThat(translation("after", others.get(30)))
                    .isEqualTo(others.get(30).target());
            assertThat(manifest(taught).getParent()).isEqualTo("first");

            List<TextPair> texts = others.subList(40, 70);
            for (int i = 0; i < texts.size(); i++) {
                label(
                        "",
                        texts.get(i).source(),
                        texts.get((i + 13) % texts.size()).target());
            }
            TrainerRun shuffled = end(trainer);

            assertThat(shuffled.getState()).as(shuffled.toString()).isEqualTo(RunState.REJECTED);
            assertThat(shuffled.getReasons()).anyMatch(reason -> reason.matches("(belong|authors): NO.*"));

            texts.forEach(pair -> label("", pair.source(), pair.target().replaceAll("(table|chair)", "egg")));
            TrainerRun wrongWords = end(trainer);

            assertThat(wrongWords.getState()).as(wrongWords.toString()).isEqualTo(RunState.REJECTED);
            assertThat(wrongWords.getReasons()).anyMatch(reason -> reason.startsWith("trusted rows: NO"));
            assertThat(stack.deployment(TASK).getChampion()).isEqualTo(taught.getVersion());
        }
    }

    private ModelManifest manifest(TrainerRun run) throws Exception {
        return stack.manifest(TASK, run.getVersion());
    }

    private void event(String prefix, String text) {
        String id = prefix + ": " + text;
        send(stack.topics().events(), id, Stack.event(id, text));
    }

    private void label(String eventId, String text, String correction) {
        send(
                stack.topics().labels(),
                eventId,
                TextLabel.newBuilder()
                        .setEventId(eventId)
                        .setTask(TASK)
                        .setText(text)
                        .setValue(correction)
                        .setAuthor("person " + sent.size() % AUTHORS)
                        .setCreatedAt(Instant.now())
                        .build());
    }

    private void send(String topic, String key, SpecificRecord value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    private String translation(String prefix, TextPair pair) {
        return last(prefix, pair).map(TranslationResult::getTranslation).orElse("");
    }

    private Optional<TranslationResult> last(String prefix, TextPair pair) {
        String id = prefix + ": " + pair.source();
        return results.settle(Duration.ofSeconds(1)).stream()
                .map(ConsumerRecord::value)
                .filter(result -> result.getEventId().equals(id))
                .reduce((first, second) -> second);
    }

    /** Asks for the fresh texts until that version answers each of them. */
    private void awaitServing(String version) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            fresh.forEach(pair -> event("after", pair.source()));
            return fresh.stream()
                    .allMatch(pair -> last("after", pair)
                            .map(result -> result.getModel().getVersion().equals(version))
                            .orElse(false));
        });
    }

    /** The end of the next run. */
    private TrainerRun end(TrainerService trainer) {
        List<TrainerRun> ends = new ArrayList<>();
        Awaitility.await().atMost(LONG).until(() -> {
            assertThat(trainer.failure()).isNotDone();
            runs.settle(Duration.ofMillis(300)).stream()
                    .map(ConsumerRecord::value)
                    .filter(run -> RequestedRun.isOver(run) && !ended.contains(run.getRunId()))
                    .forEach(ends::add);
            return !ends.isEmpty();
        });
        ended.add(ends.get(0).getRunId());
        System.out.println("TranslationLoopIT: " + ends.get(0));
        return ends.get(0);
    }

    private <T extends SpecificRecord> Committed<T> committed(Class<T> type, String topic) {
        return Committed.of(
                stack.clientConfig(),
                AvroSerde.forValues(type, stack.clientConfig()).deserializer(),
                topic);
    }
}
