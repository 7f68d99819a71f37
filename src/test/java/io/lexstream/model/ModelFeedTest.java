package io.lexstream.model;

import static io.lexstream.model.ModelTopicsFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.RegistryUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFeedTest {
    private static final int CHUNK = BlobTopic.CHUNK_BYTES;
    private static final byte[] FOUR_CHUNKS = Samples.bytes(3 * CHUNK + 5, 1);
    private static final String SHA256 = Sha256.of(FOUR_CHUNKS);
    private static final String BLOBS = "model.blobs";

    @TempDir
    Path directory;

    private ModelTopicsFixture kafka;
    private FakeCluster cluster;

    @BeforeEach
    void setUp() {
        kafka = new ModelTopicsFixture(directory);
        cluster = kafka.cluster;
    }

    private ModelManifest publish(String version) throws Exception {
        kafka.publisher(cluster.producer()).publishAndPromote(kafka.newPackage("spam", version, FOUR_CHUNKS), "new");
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            return feed.manifest("spam", version).orElseThrow();
        }
    }

    private static byte[] chunk(int index) {
        return Arrays.copyOfRange(FOUR_CHUNKS, index * CHUNK, Math.min((index + 1) * CHUNK, FOUR_CHUNKS.length));
    }

    private List<String> stored() throws IOException {
        Path store = Files.createDirectories(directory.resolve("feed-store"));
        try (Stream<Path> walk = Files.walk(store)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void aPublishedVersionArrivesAsItWasSent() throws Exception {
        ModelPackage sent = kafka.newPackage("spam", "1", FOUR_CHUNKS);
        kafka.publisher().publishAndPromote(sent, "new");

        try (ModelFeed feed = kafka.feed()) {
            assertThat(feed.readToEnd(SOON)).extracting(Deployment::getChampion).containsExactly("1");
            ModelPackage fetched = feed.fetch(feed.manifest("spam", "1").orElseThrow());

            assertThat(fetched.version()).isEqualTo(sent.version());
            assertThat(fetched.file(FileRole.GRAPH).orElseThrow()).hasBinaryContent(FOUR_CHUNKS);
            assertThat(fetched.file(FileRole.TOKENIZER).orElseThrow()).hasContent("{}");
        }
    }

    static Stream<Arguments> deviations() {
        return Stream.of(
                deviation("chunk 1 of 4 (offset 1) is no longer on the topic", (it, m) -> it.remove(BLOBS, 1)),
                deviation("chunk 0 of 4 (offset 0) is no longer on the topic", (it, m) -> it.remove(BLOBS, 0)),
                deviation("chunk 3 of 4 (offset 3) is not on the topic, which ends at offset 3", (it, m) -> {
                    it.truncate(BLOBS, 3);
                }),
                deviation(
                        "chunk 1 of 4 (offset 1) has the key " + SHA256 + ":2 instead of " + SHA256 + ":1", (it, m) -> {
                            it.replace(BLOBS, 1, SHA256 + ":2", chunk(2));
                            it.replace(BLOBS, 2, SHA256 + ":1", chunk(1));
                        }),
                deviation("chunk 2 of 4 (offset 2) has the key " + SHA256 + ":1", (it, m) -> {
                    it.replace(BLOBS, 2, SHA256 + ":1", chunk(1));
                }),
                deviation("chunk offset 1 follows 1", (it, m) -> {
                    m.getFiles().get(0).setChunkOffsets(List.of(0L, 1L, 1L, 2L, 3L));
                }),
                deviation("chunk 2 of 3 (offset 2) is the last one, but 5 of 1572869 bytes have not come", (it, m) -> {
                    m.getFiles().get(0).setChunkOffsets(List.of(0L, 1L, 2L));
                }),
                deviation("chunk 3 of 4 (offset 3) is the last one, but 1 of", (it, m) -> {
                    it.replace(BLOBS, 3, SHA256 + ":3", new byte[4]);
                }),
                deviation("chunk 3 of 4 (offset 3) goes beyond the file's 1572869 bytes", (it, m) -> {
                    it.replace(BLOBS, 3, SHA256 + ":3", new byte[6]);
                }),
                deviation("chunk 2 of 4 (offset 2) has 524289 bytes instead of 1 to 524288", (it, m) -> {
                    it.replace(BLOBS, 2, SHA256 + ":2", new byte[CHUNK + 1]);
                }),
                deviation("chunk 2 of 4 (offset 2) has 0 bytes", (it, m) -> {
                    it.replace(BLOBS, 2, SHA256 + ":2", new byte[0]);
                }),
                deviation("chunk 2 of 4 (offset 2) has no content", (it, m) -> {
                    it.replace(BLOBS, 2, SHA256 + ":2", null);
                }),
                deviation("content " + SHA256 + " has the digest", (it, m) -> {
                    it.value(BLOBS, 2)[77] ^= 4; // one bit
                }),
                deviation("has the key " + SHA256 + ":0 instead of " + "f".repeat(64) + ":0", (it, m) -> {
                    m.getFiles().get(0).setSha256("f".repeat(64));
                }),
                deviation("is neither on the topic nor a base encoder", (it, m) -> {
                    m.getFiles().get(0).setChunkOffsets(List.of());
                }),
                deviation("format version 7 is unknown", (it, m) -> m.setFormatVersion(7)),
                deviation("leaves the package", (it, m) -> m.getFiles().get(0).setPath("../../model.onnx")),
                deviation(
                        "bytes are more than the limit",
                        (it, m) -> m.getFiles().get(0).setBytes(3L << 30)));
    }

    private static Arguments deviation(String message, BiConsumer<FakeCluster, ModelManifest> damage) {
        return Arguments.of(message, damage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deviations")
    void whateverIsNotAsItShouldBeIsRejectedByName(String message, BiConsumer<FakeCluster, ModelManifest> damage)
            throws Exception {
        ModelManifest manifest = publish("1");
        damage.accept(cluster, manifest);
        kafka.key.sign(manifest); // so that nothing but the damage is wrong

        try (ModelFeed feed = kafka.feed()) {
            assertThatThrownBy(() -> feed.fetch(manifest))
                    .isInstanceOf(ModelRejectedException.class)
                    .hasMessageStartingWith("spam@1: ")
                    .hasMessageContaining(message);
        }
        assertThat(stored()).doesNotContain(SHA256).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void aRejectedVersionDoesNotKeepTheNextFromArriving() throws Exception {
        ModelManifest broken = publish("1");
        cluster.remove(BLOBS, 2);
        ModelManifest sound = publish("2");

        try (ModelFeed feed = kafka.feed()) {
            assertThatThrownBy(() -> feed.fetch(broken)).isInstanceOf(ModelRejectedException.class);

            assertThat(feed.fetch(sound).version()).hasToString("spam@2");
        }
    }

    @Test
    void foreignRecordsBetweenTheChunksDoNotMatter() throws Exception {
        long[] offsets = new long[4];
        for (int i = 0; i < 4; i++) {
            cluster.append(BLOBS, "x:" + i, new byte[] {1});
            offsets[i] = cluster.append(BLOBS, SHA256 + ":" + i, chunk(i));
        }
        ModelManifest manifest = publish("1");
        manifest.getFiles().get(0).setChunkOffsets(List.of(offsets[0], offsets[1], offsets[2], offsets[3]));

        try (ModelFeed feed = kafka.feed()) {
            assertThat(feed.fetch(manifest).file(FileRole.GRAPH).orElseThrow()).hasBinaryContent(FOUR_CHUNKS);
        }
    }

    @Test
    void aDamagedCachedFileIsFetchedAgain() throws Exception {
        ModelManifest manifest = publish("1");
        Path graph;
        try (ModelFeed feed = kafka.feed()) {
            graph = feed.fetch(manifest).file(FileRole.GRAPH).orElseThrow();
        }
        Files.write(graph, new byte[] {1, 2, 3});

        try (ModelFeed feed = kafka.feed()) {
            assertThat(feed.fetch(manifest).file(FileRole.GRAPH).orElseThrow()).hasBinaryContent(FOUR_CHUNKS);
        }
    }

    @Test
    void pollTellsEachChangeOnce() throws Exception {
        publish("1");
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            assertThat(feed.poll(Duration.ZERO)).isEmpty();

            publish("2");

            assertThat(feed.poll(Duration.ZERO))
                    .extracting(Deployment::getChampion)
                    .containsExactly("2");
            assertThat(feed.poll(Duration.ZERO)).isEmpty();
            assertThat(feed.manifests()).extracting(ModelManifest::getVersion).containsExactly("1", "2");
        }
    }

    @Test
    void aRecordThatMustNotCountIsPassedOverAndCounted() throws Exception {
        ModelManifest first = publish("1");
        publish("2");
        ModelManifest redefined = ManifestJson.copy(first);
        redefined.setName("impostor");
        kafka.key.sign(redefined);
        cluster.append("models", "spam@9", new byte[] {'?', 1, 2, 3});
        cluster.append("models", "spam", new byte[] {'d'});
        cluster.append("models", "spam@9", kafka.values.serialize("models", first));
        cluster.append("models", "spam@1", kafka.values.serialize("models", redefined));
        cluster.append("models", "ham", kafka.values.serialize("models", deployment("1", Instant.EPOCH)));
        cluster.append(
                "models",
                "spam",
                kafka.values.serialize("models", deployment("1", ModelTopicsFixture.NOW.minusSeconds(9))));

        try (ModelFeed feed = kafka.feed()) {
            List<Deployment> live = feed.readToEnd(SOON);

            assertThat(live).extracting(Deployment::getChampion).containsExactly("2");
            assertThat(feed.skippedRecords()).isEqualTo(6);
            assertThat(feed.refusals())
                    .extracting(refusal -> refusal.offered().toString(), Refusal::rejection)
                    .containsExactly(
                            tuple("spam@9", Rejection.BROKEN),
                            tuple("spam@", Rejection.BROKEN),
                            tuple("spam@9", Rejection.RELABELLED),
                            tuple("spam@1", Rejection.REDEFINED),
                            tuple("ham@1", Rejection.RELABELLED),
                            tuple("spam@1", Rejection.REPLAYED));
            assertThat(feed.refusals()).as("each is told once").isEmpty();
            assertThat(feed.manifest("spam", "1").orElseThrow().getName()).isEqualTo("sample");
            assertThat(feed.manifest("spam", "9")).isEmpty();
        }
    }

    @Test
    void whereNothingNeedsASignatureADeploymentWithoutATimeCounts() throws Exception {
        publish("1");
        publish("2");
        cluster.append("models", "spam", kafka.values.serialize("models", deployment("1", Instant.EPOCH)));

        try (ModelFeed feed = kafka.feed(TrustedKeys.ANY, DeploymentTimes.inMemory())) {
            assertThat(feed.readToEnd(SOON)).extracting(Deployment::getChampion).containsExactly("1");
        }
    }

    private Deployment deployment(String champion, Instant time) {
        var deployment = new Deployment("spam", champion, "", DeploymentMode.MANUAL, 0.0, List.of(), "", time, "");
        kafka.key.sign(deployment);
        return deployment;
    }

    @Test
    void aTombstoneRemovesAVersion() throws Exception {
        publish("1");
        publish("2");
        cluster.append("models", "spam@1", null);

        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);

            assertThat(feed.manifest("spam", "1")).isEmpty();
            assertThat(feed.manifests()).hasSize(1);
        }
    }

    @Test
    void aRegistryThatIsAwayCostsNoRecord() throws Exception {
        publish("1");
        try (ModelFeed feed = kafka.feed()) {
            kafka.values.setRegistryAway(true);
            assertThatThrownBy(() -> feed.readToEnd(SOON)).isInstanceOf(RegistryUnavailableException.class);

            kafka.values.setRegistryAway(false);

            assertThat(feed.readToEnd(SOON)).hasSize(1);
            assertThat(feed.skippedRecords()).isZero();
        }
    }

    @Test
    void anUnfinishedTransactionIsNotSeen() throws Exception {
        publish("1");
        FakeCluster.Producer producer = cluster.producer();
        producer.initTransactions();
        try (var transaction = ModelTransaction.begin(producer, kafka.values, ModelTopicsFixture.TOPICS);
                ModelFeed feed = kafka.feed()) {
            transaction.put("spam", deployment("0", ModelTopicsFixture.NOW.plusSeconds(9)));

            assertThat(feed.readToEnd(SOON)).extracting(Deployment::getChampion).containsExactly("1");
        }
    }

    @Test
    void aBrokerThatIsAwayIsNoReasonToRejectAModel() throws Exception {
        ModelManifest manifest = publish("1");
        MockConsumer<String, byte[]> consumer = cluster.consumer(BLOBS, false);
        var blobs = new BlobTopic(consumer, BLOBS, SOON);
        var store = new ContentStore(directory.resolve("feed-store"));
        var catalog = new ModelCatalog(TrustedKeys.of(kafka.key), DeploymentTimes.inMemory());
        var models = new ModelTopic(cluster.consumer("models", true), kafka.values, "models", catalog);
        try (ModelFeed feed = new ModelFeed(models, blobs, store, PackageLimits.DEFAULT)) {
            consumer.setPollException(new TimeoutException("no broker"));

            assertThatThrownBy(() -> feed.fetch(manifest)).isInstanceOf(KafkaException.class);

            assertThat(feed.fetch(manifest).version()).hasToString("spam@1");
        }
    }

    @Test
    void aBrokerThatGivesNothingIsNotWaitedForForEver() throws Exception {
        ModelManifest manifest = publish("1");
        MockConsumer<String, byte[]> silent = new MockConsumer<>("earliest");
        var partition = new TopicPartition(BLOBS, 0);
        silent.updateBeginningOffsets(Map.of(partition, 0L));
        silent.updateEndOffsets(Map.of(partition, 100L));
        var blobs = new BlobTopic(silent, BLOBS, Duration.ofMillis(20));

        assertThatThrownBy(() -> blobs.read(manifest.getFiles().get(0), chunk -> {}))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("nothing came from offset 0");
    }

    @Test
    void wakeupMakesAPollReturn() {
        try (ModelFeed feed = kafka.feed()) {
            feed.wakeup();

            assertThat(feed.poll(Duration.ofDays(1))).isEmpty();
        }
    }
}
