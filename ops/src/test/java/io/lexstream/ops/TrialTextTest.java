package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import org.junit.jupiter.api.Test;

class TrialTextTest {
    @Test
    void aShareIsWrittenAsPeopleWriteIt() {
        assertThat(TrialText.of(trial(DeploymentMode.CANARY, 0.1))).isEqualTo("10 % of the keys get its results");
        assertThat(TrialText.of(trial(DeploymentMode.CANARY, 0.0025))).startsWith("0.25 %");
        assertThat(TrialText.of(trial(DeploymentMode.CANARY, 1 / 3.0))).startsWith("33.33 %");
        assertThat(TrialText.of(trial(DeploymentMode.SHADOW, 1))).isEqualTo("100 % of the keys, silently");
    }

    private static Deployment trial(DeploymentMode mode, double share) {
        return Deployment.newBuilder()
                .setTask("spam")
                .setChampion("1")
                .setChallenger("2")
                .setMode(mode)
                .setShare(share)
                .build();
    }
}
