package io.lexstream.model;

import static io.lexstream.model.ModelTopicsFixture.NOW;
import static io.lexstream.model.ModelTopicsFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who may write to the topics, but has no trusted key, can try; and what comes of it. */
class UntrustedRecordsTest {
    private static final byte[] GRAPH = Samples.bytes(1_000, 1);
    private static final String SPAM = "spam";

    @TempDir
    Path directory;

    private final SigningKey stranger = SigningKey.generate();
    private ModelTopicsFixture kafka;
    private ModelFeed feed;

    @BeforeEach
    void spamOneServes() throws Exception {
        kafka = new ModelTopicsFixture(directory);
        kafka.publisher().publishAndPromote(kafka.newPackage(SPAM, "1", GRAPH), "first");
        feed = kafka.feed();
        assertThat(feed.readToEnd(SOON)).extracting(Deployment::getChampion).containsExactly("1");
    }

    private Deployment live() {
        return Objects.requireNonNull(feed.deployments().get(SPAM));
    }

    private ModelManifest published(String version) {
        return feed.manifest(SPAM, version).orElseThrow();
    }

    private Deployment deployment(String champion, Instant time) {
        Deployment deployment =
                Deployment.newBuilder(live()).setChampion(champion).build();
        deployment.setUpdatedAt(time);
        deployment.setSignature("");
        return deployment;
    }

    /** Nothing new arrives but a refusal of the version, and what was live still is. */
    private void assertRefused(String version, Rejection rejection) throws Exception {
        assertThat(feed.poll(Duration.ZERO)).isEmpty();
        List<Refusal> refusals = feed.refusals();
        assertThat(refusals)
                .extracting(it -> it.offered().toString(), Refusal::rejection)
                .containsExactly(tuple(SPAM + "@" + version, rejection));
        assertThat(refusals.get(0).offered().digest()).as("digest").matches("[0-9a-f]{64}");
        assertThat(live().getChampion()).isEqualTo("1");
        assertThat(feed.fetch(published("1")).file(FileRole.GRAPH).orElseThrow())
                .hasBinaryContent(GRAPH);
    }

    @Test
    void aVersionAndADeploymentSignedByTheRightKeyArrive() throws Exception {
        ModelPackage next = kafka.newPackage(SPAM, "2", GRAPH);
        kafka.publisher(kafka.cluster.producer()).publishAndPromote(next, "better");

        assertThat(feed.poll(Duration.ZERO)).extracting(Deployment::getChampion).containsExactly("2");
        assertThat(feed.fetch(published("2")).version()).isEqualTo(next.version());
        assertThat(feed.refusals()).isEmpty();
        assertThat(TrustedKeys.of(kafka.key).check(live()).isTrusted()).isTrue();
    }

    @Test
    void anUnsignedDeploymentIsRefused() throws Exception {
        kafka.append(SPAM, deployment("1", NOW.plusSeconds(9)));

        assertRefused("1", Rejection.UNSIGNED);
    }

    @Test
    void aDeploymentThatWasChangedAfterSigningIsRefused() throws Exception {
        Deployment forged = Deployment.newBuilder(live()).build();
        forged.setUpdatedAt(NOW.plusSeconds(9));
        kafka.append(SPAM, forged);

        assertRefused("1", Rejection.WRONG_SIGNATURE);
    }

    @Test
    void aDeploymentByAnUnknownKeyIsRefused() throws Exception {
        Deployment strangers = deployment("1", NOW.plusSeconds(9));
        stranger.sign(strangers);
        kafka.append(SPAM, strangers);

        assertRefused("1", Rejection.UNKNOWN_KEY);
    }

    @Test
    void aWholeVersionByAnUnknownKeyIsRefused() throws Exception {
        kafka.publisher(kafka.cluster.producer(), TrustedKeys.ANY, Optional.of(stranger))
                .publishAndPromote(kafka.newPackage(SPAM, "2", Samples.bytes(900, 2)), "mine");

        assertThat(feed.poll(Duration.ZERO)).isEmpty();
        assertThat(feed.refusals())
                .extracting(it -> it.offered().toString(), Refusal::rejection)
                .containsExactly(tuple("spam@2", Rejection.UNKNOWN_KEY), tuple("spam@2", Rejection.UNKNOWN_KEY));
        assertThat(live().getChampion()).isEqualTo("1");
        assertThatThrownBy(() -> feed.fetch(published("2")))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining(stranger.publicKey().id())
                .hasMessageContaining("model.trusted.keys");
    }

    @Test
    void aManifestThatTakesASignedOnesPlaceIsRefused() throws Exception {
        ModelManifest unsigned = ManifestJson.copy(published("1"));
        unsigned.setSignature("");
        kafka.append("spam@1", unsigned);
        assertRefused("1", Rejection.UNSIGNED);

        ModelManifest changed = ManifestJson.copy(published("1"));
        changed.setLabels(List.of("spam", "ham"));
        kafka.append("spam@1", changed);
        assertRefused("1", Rejection.WRONG_SIGNATURE);
    }

    @Test
    void aManifestUnderAnotherVersionsNameIsRefused() throws Exception {
        kafka.append("spam@2", published("1"));

        assertRefused("2", Rejection.RELABELLED);
    }

    @Test
    void aManifestThatWasRewrittenForAnotherTaskIsRefused() throws Exception {
        ModelManifest other = ManifestJson.copy(published("1"));
        other.setTask("sentiment");
        kafka.append("sentiment@1", other);

        assertThat(feed.poll(Duration.ZERO)).isEmpty();
        assertThat(feed.refusals())
                .extracting(it -> it.offered().toString(), Refusal::rejection)
                .containsExactly(tuple("sentiment@1", Rejection.WRONG_SIGNATURE));
        assertThatThrownBy(() -> feed.fetch(feed.manifest("sentiment", "1").orElseThrow()))
                .isInstanceOf(ModelRejectedException.class);
    }

    @Test
    void anOlderDeploymentThatComesAgainIsRefusedThoughItsSignatureIsGood() throws Exception {
        Deployment first = live();
        kafka.publisher(kafka.cluster.producer()).publishAndPromote(kafka.newPackage(SPAM, "2", GRAPH), "better");
        assertThat(feed.poll(Duration.ZERO)).hasSize(1);

        kafka.append(SPAM, first);

        assertThat(feed.poll(Duration.ZERO)).isEmpty();
        assertThat(feed.refusals()).extracting(Refusal::rejection).containsExactly(Rejection.REPLAYED);
        assertThat(live().getChampion()).isEqualTo("2");
    }

    @Test
    void aTombstoneDoesNotMakeAnOlderDeploymentNewAgain() throws Exception {
        Deployment first = live();
        kafka.publisher(kafka.cluster.producer()).publishAndPromote(kafka.newPackage(SPAM, "2", GRAPH), "better");
        kafka.cluster.append("models", SPAM, null);
        kafka.append(SPAM, first);

        assertThat(feed.readToEnd(SOON)).isEmpty();
        assertThat(feed.refusals()).extracting(Refusal::rejection).containsExactly(Rejection.REPLAYED);
    }

    @Test
    void aProcessThatStartsLaterKnowsAnOlderDeploymentEvenIfItIsAllThatCompactionLeft() throws Exception {
        Path seen = directory.resolve("state").resolve("seen.properties");
        TrustedKeys trusted = TrustedKeys.of(kafka.key);
        Deployment first = live();
        kafka.publisher(kafka.cluster.producer()).publishAndPromote(kafka.newPackage(SPAM, "2", GRAPH), "better");
        try (ModelFeed before = kafka.feed(trusted, DeploymentTimes.in(seen, "cluster/models"))) {
            assertThat(before.readToEnd(SOON))
                    .extracting(Deployment::getChampion)
                    .containsExactly("2");
        }
        kafka.cluster.compact("models", SPAM);
        kafka.append(SPAM, first);

        try (ModelFeed after = kafka.feed(trusted, DeploymentTimes.in(seen, "cluster/models"));
                ModelFeed ofAnotherCluster = kafka.feed(trusted, DeploymentTimes.in(seen, "other/models"))) {
            assertThat(after.readToEnd(SOON)).isEmpty();
            assertThat(after.refusals())
                    .extracting(Refusal::rejection, it -> it.offered().toString())
                    .containsExactly(tuple(Rejection.REPLAYED, "spam@1"));
            assertThat(ofAnotherCluster.readToEnd(SOON)).hasSize(1);
        }
    }

    @Test
    void aSignedVersionTakesThePlaceOfAnUnsignedOne() throws Exception {
        kafka.publisher(kafka.cluster.producer(), TrustedKeys.ANY, Optional.empty())
                .publish(kafka.newPackage(SPAM, "2", Samples.bytes(900, 2)));
        assertThat(feed.poll(Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> feed.fetch(published("2"))).hasMessageContaining("unsigned");

        kafka.publisher(kafka.cluster.producer()).publishAndPromote(kafka.newPackage(SPAM, "2", GRAPH), "ours");

        assertThat(feed.poll(Duration.ZERO)).extracting(Deployment::getChampion).containsExactly("2");
        assertThat(feed.fetch(published("2")).file(FileRole.GRAPH).orElseThrow())
                .hasBinaryContent(GRAPH);
    }

    @Test
    void aChangedChunkIsRefusedUnderTheGoodSignature() throws Exception {
        byte[] other = Samples.bytes(1_000, 2);
        kafka.publisher(kafka.cluster.producer()).publish(kafka.newPackage(SPAM, "2", other));
        feed.poll(Duration.ZERO);
        long offset = published("2").getFiles().get(0).getChunkOffsets().get(0);
        kafka.cluster.value("model.blobs", offset)[7] ^= 1;

        assertThatThrownBy(() -> feed.fetch(published("2")))
                .isInstanceOfSatisfying(
                        ModelRejectedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(Rejection.BROKEN))
                .hasMessageContaining("digest");
    }
}
