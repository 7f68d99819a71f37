package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.ops.e2e.Committed;
import io.lexstream.ops.e2e.DemoRows;
import io.lexstream.ops.e2e.ShopSlang;
import io.lexstream.ops.local.LocalMode;
import io.lexstream.ops.local.LocalSettings;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.trainer.Evaluation;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop that Lexstream is for, closed in local mode: corrections become a better model, bad ones do not. */
class LoopIT {
    private static final String TASK = "sentiment";
    private static final int AUTHORS = 12;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private final BlockingQueue<TrainerRun> runs = new LinkedBlockingQueue<>();
    private final List<Future<?>> sent = new ArrayList<>();
    private final Map<String, String> slang = ShopSlang.labelled();
    private final Map<String, String> fresh = ShopSlang.fresh();
    private LocalMode local;
    private ProcessorSettings running;
    private Producer<String, SpecificRecord> producer;
    private Committed<ClassificationResult> results;

    @BeforeEach
    void startLocalMode() throws Exception {
        local = LocalMode.in(home.resolve("data"));
        running = local.start(
                new LocalSettings(
                        0,
                        0,
                        0,
                        Map.of("train.min.new.labels", String.valueOf(slang.size())),
                        Map.of("HOME", home.toString(), "LEXSTREAM_MODEL_CACHE_DIR", ShellFixture.MODEL_CACHE)),
                new SilentSteps(),
                runs::add);
        Map<String, Object> clients = running.clientConfig();
        producer = new KafkaProducer<>(
                clients,
                new StringSerializer(),
                AvroSerde.<SpecificRecord>forValues(clients).serializer());
        results = Committed.of(
                clients,
                AvroSerde.forValues(ClassificationResult.class, clients).deserializer(),
                running.topics().results(TASK));
    }

    @AfterEach
    void stopLocalMode() throws Exception {
        results.close();
        producer.close();
        local.close();
        for (Future<?> future : sent) {
            future.get();
        }
    }

    @Test
    void correctionsTeachTheModelASlangAndVandalsTeachItNothing() throws Exception {
        List<LabeledText> demo = DemoRows.all();
        List<LabeledText> stream = demo.subList(0, demo.size() / 2);
        List<LabeledText> heldOut = demo.subList(demo.size() / 2, demo.size());
        stream.forEach(row -> event("demo", row.text()));
        slang.keySet().forEach(text -> event("slang", text));
        String starter = serves(fresh.keySet(), "before", stream.size() + slang.size());
        assertThat(right("slang", slang)).isLessThan(0.75);

        Instant labelled = Instant.now();
        label(slang);
        TrainerRun taught = ended();
        assertThat(taught.getState()).as(taught.toString()).isEqualTo(RunState.PUBLISHED);
        awaitServing(taught.getVersion());
        System.out.printf("LoopIT: labels to serving: %d s%n", secondsSince(labelled));
        assertThat(serves(fresh.keySet(), "after", 0)).isEqualTo(taught.getVersion());
        serves(slang.keySet(), "slang after", 0);
        System.out.printf(
                "LoopIT: slang %.3f -> %.3f, its other texts %.3f -> %.3f%n",
                right("slang", slang), right("slang after", slang), right("before", fresh), right("after", fresh));
        assertThat(right("slang after", slang)).isGreaterThan(0.95);
        assertThat(right("after", fresh)).isGreaterThan(right("before", fresh));
        double before = accuracy(starter, heldOut);
        double after = accuracy(taught.getVersion(), heldOut);
        System.out.printf("LoopIT: held-out %.3f -> %.3f%n", before, after);
        // 184 texts: one standard error is 3.5 points, and two are less than 1.1.
        assertThat(after).isGreaterThanOrEqualTo(before - 0.022);

        label(tossed(slang));
        TrainerRun poisoned = ended();
        System.out.println("LoopIT: " + RunLine.of(poisoned));
        assertThat(poisoned.getState()).as(poisoned.toString()).isEqualTo(RunState.REJECTED);
        assertThat(serves(fresh.keySet(), "still", 0)).isEqualTo(taught.getVersion());

        Instant asked = Instant.now();
        rollBack();
        awaitServing(starter);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(SOON);
    }

    private void event(String prefix, String text) {
        send(
                running.topics().events(),
                prefix,
                TextEvent.newBuilder()
                        .setId(id(prefix, text))
                        .setText(text)
                        .setEventTime(Instant.now())
                        .build());
    }

    private void label(Map<String, String> labels) {
        int author = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            String id = id("slang", label.getKey());
            send(
                    running.topics().labels(),
                    id,
                    TextLabel.newBuilder()
                            .setEventId(id)
                            .setTask(TASK)
                            .setValue(label.getValue())
                            .setAuthor("person " + author++ % AUTHORS)
                            .setCreatedAt(Instant.now())
                            .build());
        }
    }

    private void send(String topic, String key, SpecificRecord value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    private static String id(String prefix, String text) {
        return prefix + ": " + text;
    }

    /** Sends the texts and waits for their results, and those of {@code more} events; the version of the last. */
    private String serves(Iterable<String> texts, String prefix, int more) {
        int awaited = results.settle(Duration.ZERO).size() + more;
        for (String text : texts) {
            event(prefix, text);
            awaited++;
        }
        var all = results.await(awaited);
        return all.get(all.size() - 1).value().getModel().getVersion();
    }

    private void awaitServing(String version) {
        Instant until = Instant.now().plus(SOON);
        while (!serves(List.of("Are you there?"), "probe " + Instant.now(), 0).equals(version)) {
            assertThat(Instant.now()).as("%s serves", version).isBefore(until);
        }
    }

    private double right(String prefix, Map<String, String> texts) {
        Map<String, String> byId = new LinkedHashMap<>();
        results.settle(Duration.ZERO)
                .forEach(record ->
                        byId.put(record.value().getEventId(), record.value().getLabel()));
        return texts.entrySet().stream()
                        .filter(text -> text.getValue().equals(byId.get(id(prefix, text.getKey()))))
                        .count()
                / (double) texts.size();
    }

    private TrainerRun ended() throws InterruptedException {
        while (true) {
            TrainerRun run = runs.poll(5, TimeUnit.MINUTES);
            assertThat(run).as("a run within minutes").isNotNull();
            System.out.println("LoopIT: " + RunLine.of(run));
            if (List.of(RunState.PUBLISHED, RunState.REJECTED, RunState.FAILED).contains(run.getState())) {
                return run;
            }
        }
    }

    private double accuracy(String version, List<LabeledText> rows) throws Exception {
        ContentStore store = new ContentStore(running.modelCache());
        try (ModelFeed feed = new ModelFeed(running.clientConfig(), running.topics(), store, running.trustedKeys())) {
            feed.readToEnd(SOON);
            var manifest = feed.manifest(TASK, version).orElseThrow();
            try (TextModel model = new ModelOpener(InferenceSettings.DEFAULT).open(feed.fetch(manifest))) {
                return Evaluation.of(model, List.of(new LabeledTexts("demo", "", rows, List.of())), Progress.silent())
                        .together()
                        .accuracy();
            }
        }
    }

    private void rollBack() {
        ShellFixture shell = new ShellFixture(home);
        shell.run(
                "",
                "models",
                "rollback",
                TASK,
                "--key",
                running.signingKey().orElseThrow().toString(),
                "--bootstrap-servers",
                String.valueOf(running.clientConfig().get("bootstrap.servers")),
                "--registry",
                String.valueOf(running.clientConfig().get("schema.registry.url")));
        assertThat(shell.exitCode()).as(shell.err()).isZero();
    }

    private static long secondsSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toSeconds();
    }

    /** Labels of people who click anything. */
    private static Map<String, String> tossed(Map<String, String> labels) {
        Random random = new Random(7);
        Map<String, String> tossed = new LinkedHashMap<>();
        labels.keySet().forEach(text -> tossed.put(text, random.nextBoolean() ? "positive" : "negative"));
        return tossed;
    }
}
