package io.lexstream.model;

import static io.lexstream.model.ModelTopicsFixture.NOW;
import static io.lexstream.model.ModelTopicsFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.FileRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPublisherTest {
    private static final byte[] SMALL = Samples.bytes(1_000, 1);
    private static final byte[] THREE_CHUNKS = Samples.bytes(2 * BlobTopic.CHUNK_BYTES + 5, 2);
    private static final String SHA256 = Sha256.of(THREE_CHUNKS);

    @TempDir
    Path directory;

    private ModelTopicsFixture kafka;
    private FakeCluster cluster;

    @BeforeEach
    void setUp() {
        kafka = new ModelTopicsFixture(directory);
        cluster = kafka.cluster;
    }

    private Deployment deployment(String task) {
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            return Objects.requireNonNull(feed.deployments().get(task));
        }
    }

    @Test
    void blobsManifestAndDeploymentGoOutInOneTransaction() throws Exception {
        ModelPackage spam = kafka.newPackage("spam", "1", THREE_CHUNKS);

        try (ModelPublisher publisher = kafka.publisher()) {
            assertThat(publisher.publishAndPromote(spam, "first")).isEqualTo(spam.version());
        }

        assertThat(kafka.producer.commitCount()).isEqualTo(1);
        assertThat(cluster.keys("model.blobs"))
                .containsExactly(SHA256 + ":0", SHA256 + ":1", SHA256 + ":2", Sha256.of(utf8("{}")) + ":0");
        assertThat(cluster.keys("models")).containsExactly("spam@1", "spam");
        assertThat(deployment("spam").getChampion()).isEqualTo("1");
        assertThat(deployment("spam").getReason()).isEqualTo("first");
        assertThat(deployment("spam").getUpdatedAt()).isEqualTo(NOW);
    }

    @Test
    void noChunkIsLargerThanHalfAMebibyte() throws Exception {
        kafka.publisher().publish(kafka.newPackage("spam", "1", THREE_CHUNKS));

        assertThat(cluster.value("model.blobs", 0)).hasSize(512 * 1024);
        assertThat(cluster.value("model.blobs", 2)).hasSize(5);
    }

    @Test
    void filesThatAreOnTheTopicAreNotSentAgain() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        publisher.publish(kafka.newPackage("spam", "1", THREE_CHUNKS));
        int blobs = cluster.keys("model.blobs").size();

        publisher.publish(kafka.newPackage("spam", "2", THREE_CHUNKS));
        publisher.publish(kafka.newPackage("sentiment", "1", THREE_CHUNKS));

        assertThat(cluster.keys("model.blobs")).hasSize(blobs);
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            var offsets =
                    feed.manifest("spam", "1").orElseThrow().getFiles().get(0).getChunkOffsets();
            assertThat(offsets).containsExactly(0L, 1L, 2L);
            assertThat(feed.manifest("sentiment", "1")
                            .orElseThrow()
                            .getFiles()
                            .get(0)
                            .getChunkOffsets())
                    .isEqualTo(offsets);
            assertThat(feed.fetch(feed.manifest("sentiment", "1").orElseThrow()).file(FileRole.GRAPH))
                    .hasValueSatisfying(file -> assertThat(file).hasBinaryContent(THREE_CHUNKS));
        }
    }

    @Test
    void filesWhoseChunksAreGoneAreSentAgainAndOlderVersionsFollow() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        publisher.publish(kafka.newPackage("spam", "1", THREE_CHUNKS));
        cluster.remove("model.blobs", 1);

        publisher.publish(kafka.newPackage("spam", "2", THREE_CHUNKS));

        assertThat(cluster.keys("models")).containsExactly("spam@1", "spam@1", "spam@2");
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            assertThat(feed.fetch(feed.manifest("spam", "1").orElseThrow()).version())
                    .hasToString("spam@1");
            assertThat(feed.skippedRecords()).isZero();
        }
    }

    @Test
    void aBundledBaseEncoderIsNeverSent() throws Exception {
        ModelPackage onBase = new PackageWriter(Samples.manifest("spam", "1"))
                .add(FileRole.GRAPH, "model.onnx", SMALL)
                .refer(BaseEncoders.onClassPath().named("bge-small-en-v1.5").tokenizer())
                .write(directory.resolve("on-base"), kafka.localStore());

        kafka.publisher().publish(onBase);

        assertThat(cluster.keys("model.blobs")).containsExactly(Sha256.of(SMALL) + ":0");
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            assertThat(feed.fetch(feed.manifests().get(0)).file(FileRole.TOKENIZER))
                    .isPresent();
        }
    }

    @Test
    void theSameVersionAgainChangesNothing() throws Exception {
        ModelPackage spam = kafka.newPackage("spam", "1", SMALL);
        kafka.publisher().publishAndPromote(spam, "first");
        List<String> models = cluster.keys("models");
        List<String> blobs = cluster.keys("model.blobs");

        ModelVersion again = kafka.publisher(cluster.producer()).publishAndPromote(spam, "again");

        assertThat(again).isEqualTo(spam.version());
        assertThat(cluster.keys("models")).isEqualTo(models);
        assertThat(cluster.keys("model.blobs")).isEqualTo(blobs);
    }

    @Test
    void theSameVersionWithOtherContentIsRefused() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        publisher.publish(kafka.newPackage("spam", "1", SMALL));
        ModelPackage other = kafka.newPackage("spam", "1", THREE_CHUNKS);

        assertThatThrownBy(() -> publisher.publish(other))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageContaining("spam@1 is published already with other content")
                .hasMessageContaining(other.version().digest());

        assertThat(cluster.keys("models")).containsExactly("spam@1");
    }

    @Test
    void promotionAndRollbackAreOneSmallRecordEach() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        for (String version : List.of("1", "2", "3")) {
            publisher.publishAndPromote(kafka.newPackage("spam", version, SMALL), "new");
        }
        int before = cluster.keys("models").size();
        int blobs = cluster.keys("model.blobs").size();

        Deployment promoted = publisher.promote("spam", "1", "try the first again");
        assertThat(promoted.getHistory()).containsExactly("3", "2");
        Deployment back = publisher.rollback("spam", "no good");
        assertThat(back.getChampion()).isEqualTo("3");
        assertThat(back.getHistory()).containsExactly("2");
        assertThat(publisher.rollback("spam", "no good either").getChampion()).isEqualTo("2");

        assertThat(cluster.keys("models").subList(before, before + 3)).containsExactly("spam", "spam", "spam");
        assertThat(cluster.keys("models")).hasSize(before + 3);
        assertThat(cluster.keys("model.blobs")).hasSize(blobs);
        assertThat(deployment("spam").getChampion()).isEqualTo("2");
    }

    @Test
    void deploymentsAreInOrderEvenWhenClocksAreNot() throws Exception {
        ModelPublisher publisher = kafka.publisher(); // its clock stands still
        publisher.publishAndPromote(kafka.newPackage("spam", "1", SMALL), "");
        publisher.publishAndPromote(kafka.newPackage("spam", "2", SMALL), "");

        assertThat(deployment("spam").getUpdatedAt()).isEqualTo(NOW.plusMillis(1));
    }

    @Test
    void anUnknownVersionCannotBePromoted() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        publisher.publish(kafka.newPackage("spam", "1", SMALL));

        assertThatThrownBy(() -> publisher.promote("spam", "2", ""))
                .isInstanceOf(ModelPublishException.class)
                .hasMessage("no version 2 of task spam is published; known are [1]");
    }

    @Test
    void withoutAPredecessorThereIsNoRollback() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        assertThatThrownBy(() -> publisher.rollback("spam", ""))
                .isInstanceOf(ModelPublishException.class)
                .hasMessage("task spam has no deployment to roll back; deployed are []");

        publisher.publishAndPromote(kafka.newPackage("spam", "1", SMALL), "");

        assertThatThrownBy(() -> publisher.rollback("spam", ""))
                .isInstanceOf(ModelPublishException.class)
                .hasMessage("cannot roll back spam@1: no earlier champion is on the topic; published are [1]");
    }

    @Test
    void rollbackPassesOverAVersionThatWasRemoved() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        for (String version : List.of("1", "2", "3")) {
            publisher.publishAndPromote(kafka.newPackage("spam", version, SMALL), "new");
        }
        cluster.append("models", "spam@2", null);

        assertThat(publisher.rollback("spam", "").getChampion()).isEqualTo("1");
    }

    @Test
    void aNewerPublisherFencesAnOlderOne() throws Exception {
        ModelPublisher older = kafka.publisher();
        older.publish(kafka.newPackage("spam", "1", SMALL));
        ModelPackage next = kafka.newPackage("spam", "2", SMALL);
        kafka.producer.fenceProducer();

        assertThatThrownBy(() -> older.publish(next))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageContaining("spam@2 was not written: another publisher has taken over");
    }

    @Test
    void aTransactionThatFailsLeavesNothing() throws Exception {
        kafka.producer.commitTransactionException = new KafkaException("disk full");
        ModelPublisher publisher = kafka.publisher();
        ModelPackage spam = kafka.newPackage("spam", "1", SMALL);

        assertThatThrownBy(() -> publisher.publishAndPromote(spam, "")).hasMessage("disk full");

        assertThat(cluster.keys("models")).isEmpty();
        kafka.producer.commitTransactionException = null;
        publisher.publishAndPromote(spam, "");
        assertThat(deployment("spam").getChampion()).isEqualTo("1");
    }

    @Test
    void aCommitWithoutAnAnswerIsReportedAsUncertain() throws Exception {
        kafka.producer.commitTransactionException = new TimeoutException("no answer");
        ModelPackage spam = kafka.newPackage("spam", "1", SMALL);

        assertThatThrownBy(() -> kafka.publisher().publish(spam))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageContaining("may or may not have happened");
    }

    @Test
    void aFileThatChangedSinceThePackageWasOpenedIsNotPublished() throws Exception {
        ModelPackage spam = kafka.newPackage("spam", "1", SMALL);
        Files.write(spam.file(FileRole.GRAPH).orElseThrow(), Samples.bytes(1_000, 99));

        assertThatThrownBy(() -> kafka.publisher().publish(spam))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageContaining("model.onnx has changed");

        assertThat(cluster.keys("model.blobs")).isEmpty();
    }

    @Test
    void everythingIsSignedWhicheverWayItIsWritten() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        publisher.publish(kafka.newPackage("spam", "1", SMALL));
        publisher.publishAndPromote(kafka.newPackage("spam", "2", SMALL), "");
        Deployment promoted = publisher.promote("spam", "1", "");
        assertThat(deployment("spam")).isEqualTo(promoted);
        Deployment back = publisher.rollback("spam", "");

        assertThat(deployment("spam")).isEqualTo(back); // read by a feed that takes nothing unsigned
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            assertThat(feed.refusals()).isEmpty();
            assertThat(feed.manifests())
                    .hasSize(2)
                    .allSatisfy(manifest -> assertThat(manifest.getSignature())
                            .startsWith(kafka.key.publicKey().id() + ":"));
        }
    }

    @Test
    void aVersionThatATrustedColleagueSignedKeepsThatSignature() throws Exception {
        SigningKey colleague = SigningKey.generate();
        TrustedKeys both = TrustedKeys.of(colleague).and(kafka.key);
        ModelPackage spam = kafka.newPackage("spam", "1", SMALL);
        kafka.publisher(kafka.producer, both, Optional.of(colleague)).publish(spam);

        kafka.publisher(cluster.producer(), both, Optional.of(kafka.key)).publishAndPromote(spam, "first");

        try (ModelFeed feed = kafka.feed(both, DeploymentTimes.inMemory())) {
            feed.readToEnd(SOON);
            assertThat(both.check(feed.manifests().get(0)).keyId())
                    .isEqualTo(colleague.publicKey().id());
            assertThat(both.check(Objects.requireNonNull(feed.deployments().get("spam")))
                            .keyId())
                    .isEqualTo(kafka.key.publicKey().id());
        }
    }

    @Test
    void withoutAKeyNothingIsWrittenThatProcessorsWouldRefuse() throws Exception {
        ModelPackage spam = kafka.newPackage("spam", "1", SMALL);
        kafka.publisher().publish(spam);
        int written = cluster.keys("models").size();
        ModelPublisher keyless = kafka.publisher(cluster.producer(), TrustedKeys.of(kafka.key), Optional.empty());
        ModelPackage next = kafka.newPackage("spam", "2", SMALL);

        assertThatThrownBy(() -> keyless.publish(next))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageStartingWith("spam@2 is unsigned")
                .hasMessageContaining("--key FILE")
                .hasMessageContaining("model.signing.key");
        assertThatThrownBy(() -> keyless.promote("spam", "1", ""))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageStartingWith("the deployment of spam@1 is unsigned");
        assertThat(cluster.keys("models")).hasSize(written);
    }

    @Test
    void nobodysVersionIsNotPromotedWithOurSignature() throws Exception {
        kafka.publisher(cluster.producer(), TrustedKeys.ANY, Optional.empty())
                .publish(kafka.newPackage("spam", "1", SMALL));

        assertThatThrownBy(() -> kafka.publisher().promote("spam", "1", ""))
                .isInstanceOf(ModelPublishException.class)
                .hasMessageStartingWith("spam@1 is unsigned, so processors would refuse it; publish it again");
    }

    @Test
    void aForgedDeploymentIsNotWhatTheNextOneStartsFrom() throws Exception {
        ModelPublisher publisher = kafka.publisher();
        publisher.publishAndPromote(kafka.newPackage("spam", "1", SMALL), "");
        publisher.publishAndPromote(kafka.newPackage("spam", "2", SMALL), "");
        Deployment forged = Deployment.newBuilder(deployment("spam")).build();
        forged.setChampion("evil");
        forged.setHistory(List.of("evil", "2"));
        forged.setUpdatedAt(NOW.plusSeconds(1_000_000));
        kafka.append("spam", forged);

        Deployment back = publisher.rollback("spam", "");

        assertThat(back.getChampion()).isEqualTo("1");
        assertThat(back.getHistory()).isEmpty();
        assertThat(back.getUpdatedAt()).isBefore(NOW.plusSeconds(1_000));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
