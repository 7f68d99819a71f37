package io.lexstream.model;

import static io.lexstream.model.ModelTopicsFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPublisherTrialTest {
    @TempDir
    Path directory;

    private ModelTopicsFixture kafka;
    private ModelPublisher publisher;

    @BeforeEach
    void setUp() throws Exception {
        kafka = new ModelTopicsFixture(directory);
        publisher = kafka.publisher();
        publisher.publishAndPromote(kafka.newPackage("spam", "1", Samples.bytes(100, 1)), "first");
        publisher.publish(kafka.newPackage("spam", "2", Samples.bytes(100, 2)));
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void aChallengerIsNamedBesideTheChampion() {
        publisher.challenge("spam", "2", DeploymentMode.CANARY, 0.1, "better on dev");

        Deployment live = live();
        assertThat(live.getChampion()).isEqualTo("1");
        assertThat(live.getChallenger()).isEqualTo("2");
        assertThat(live.getMode()).isEqualTo(DeploymentMode.CANARY);
        assertThat(live.getShare()).isEqualTo(0.1);
        assertThat(live.getReason()).isEqualTo("better on dev");
    }

    @Test
    void theEndOfATrialLeavesTheChampion() {
        publisher.challenge("spam", "2", DeploymentMode.SHADOW, 1.0, "");

        publisher.endTrial("spam", "label shift");

        assertThat(live().getChampion()).isEqualTo("1");
        assertThat(live().getChallenger()).isEmpty();
        assertThat(live().getShare()).isZero();
        assertThat(live().getReason()).isEqualTo("label shift");
        int records = kafka.cluster.keys("models").size();
        publisher.endTrial("spam", "again");
        assertThat(kafka.cluster.keys("models")).hasSize(records);
    }

    @Test
    void thePromotionOfTheChallengerEndsItsTrial() {
        publisher.challenge("spam", "2", DeploymentMode.CANARY, 0.1, "");

        publisher.promote("spam", "2", "no guard tripped");

        assertThat(live().getChampion()).isEqualTo("2");
        assertThat(live().getChallenger()).isEmpty();
        assertThat(live().getShare()).isZero();
        assertThat(live().getHistory()).isEqualTo(List.of("1"));
    }

    @Test
    void aTrialIsDecidedOnlyAsLongAsItGoesOn() {
        Deployment first = publisher.challenge("spam", "2", DeploymentMode.CANARY, 0.1, "");
        Deployment second = publisher.challenge("spam", "2", DeploymentMode.CANARY, 0.2, "a larger share");

        assertThat(publisher.promoteChallenger(first, "too late")).isEmpty();
        assertThat(publisher.endTrial(first, "too late")).isEmpty();
        assertThat(live()).isEqualTo(second);

        assertThat(publisher.promoteChallenger(second, "it is better")).contains(live());
        assertThat(live().getChampion()).isEqualTo("2");
        assertThat(live().getChallenger()).isEmpty();
    }

    @Test
    void whatCannotBeTriedIsRefused() {
        assertRefused(() -> publisher.challenge("spam", "9", DeploymentMode.CANARY, 0.1, ""), "no version 9");
        assertRefused(() -> publisher.challenge("spam", "1", DeploymentMode.CANARY, 0.1, ""), "is the champion");
        assertRefused(() -> publisher.challenge("spam", "2", DeploymentMode.CANARY, 0.0, ""), "share");
        assertRefused(() -> publisher.challenge("spam", "2", DeploymentMode.AUTO, 0.5, ""), "AUTO");
        assertRefused(() -> publisher.endTrial("sentiment", ""), "no deployment");
        assertThat(live().getChallenger()).isEmpty();
    }

    private static void assertRefused(Runnable call, String why) {
        assertThatThrownBy(call::run).isInstanceOf(ModelPublishException.class).hasMessageContaining(why);
    }

    private Deployment live() {
        try (ModelFeed feed = kafka.feed()) {
            feed.readToEnd(SOON);
            return Objects.requireNonNull(feed.deployments().get("spam"));
        }
    }
}
