package io.lexstream.processors;

import static io.lexstream.processors.TopologyUnderTest.CHALLENGER;
import static io.lexstream.processors.TopologyUnderTest.CHAMPION;
import static io.lexstream.processors.TopologyUnderTest.limits;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.TrialFigures.Guard;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.DeploymentMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions on trial, seen from the topics. */
class TrialTopologyTest {
    private final TopologyUnderTest under;

    TrialTopologyTest() throws Exception {
        under = TopologyUnderTest.withoutAdvice();
    }

    @AfterEach
    void close() {
        under.close();
    }

    @Test
    void aCanaryGetsItsShareOfTheKeysAndTheSameKeysAlways() {
        under.tries(DeploymentMode.CANARY, 0.3, limits(10_000));

        Map<String, Set<String>> versionsByKey = new HashMap<>();
        for (int i = 0; i < 900; i++) {
            String key = "customer-" + i % 300;
            versionsByKey.computeIfAbsent(key, name -> new HashSet<>()).add(version(send(key, "hello")));
        }

        assertThat(versionsByKey.values()).allMatch(versions -> versions.size() == 1);
        long onTrial = versionsByKey.values().stream()
                .filter(versions -> versions.contains("2"))
                .count();
        assertThat(onTrial).isBetween(60L, 120L);
    }

    @Test
    void whatACanaryDoesNotReadCostsNothing() {
        Trial trial = under.tries(DeploymentMode.CANARY, 0.3, limits(10_000));
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += version(send("customer-" + i, "hello")).equals("2") ? 1 : 0;
        }

        assertThat(under.champion.texts()).isEqualTo(100);
        assertThat(under.challenger.texts()).isEqualTo(answered);
        assertThat(trial.figures().results()).isEqualTo(answered);
    }

    @Test
    void aResultNamesTheVersionThatMadeIt() {
        under.challenger.answering(text -> new double[] {0.1, 0.9});
        under.tries(DeploymentMode.CANARY, 1, limits(10_000));

        ClassificationResult result = send("k", "hello");

        assertThat(result.getModel()).isEqualTo(CHALLENGER.toRef());
        assertThat(result.getLabel()).isEqualTo("spam");
        assertThat(result.getScores()).containsEntry("spam", 0.9);
    }

    @Test
    void eventsWithoutKeyAreSharedOutByTheirIds() {
        under.tries(DeploymentMode.CANARY, 0.5, limits(10_000));

        int onTrial = 0;
        for (int i = 0; i < 200; i++) {
            onTrial += version(send(null, "hello")).equals("2") ? 1 : 0;
        }

        assertThat(onTrial).isBetween(70, 130);
    }

    @Test
    void aShadowChangesNoOutput() {
        under.challenger.answering(text -> new double[] {0.1, 0.9});
        Trial trial = under.tries(DeploymentMode.SHADOW, 1, limits(10_000));

        for (int i = 0; i < 20; i++) {
            ClassificationResult result = send("k" + i, "hello");
            assertThat(result.getModel()).isEqualTo(CHAMPION.toRef());
            assertThat(result.getLabel()).isEqualTo("ham");
        }

        assertThat(under.challenger.texts()).isEqualTo(20);
        assertThat(trial.figures().disagreements()).isEqualTo(20);
        assertThat(under.meters.get("lexstream.trial.disagreements").counter().count())
                .isEqualTo(20);
    }

    @Test
    void aGuardThatTripsGivesEveryKeyBackToTheChampionAtOnce() {
        under.challenger.answering(text -> new double[] {0.1, 0.9});
        Trial trial = under.tries(DeploymentMode.CANARY, 1, limits(20));

        int onTrial = 0;
        for (int i = 0; i < 40; i++) {
            onTrial += version(send("k" + i, "hello")).equals("2") ? 1 : 0;
        }

        assertThat(onTrial).isEqualTo(10); // the eleventh disagreement of twenty is more than half
        assertThat(trial.trip()).hasValueSatisfying(trip -> {
            assertThat(trip.guard()).isEqualTo(Guard.DISAGREEMENT);
            assertThat(trip.reason()).contains("11 of 11 texts");
        });
        assertThat(under.challenger.texts()).isEqualTo(11);
    }

    @Test
    void aChallengerThatFailsCostsNobodyAResult() {
        under.challenger.failOn("hello");
        Trial trial = under.tries(DeploymentMode.CANARY, 1, limits(20));

        for (int i = 0; i < 10; i++) {
            assertThat(version(send("k" + i, "hello"))).isEqualTo("1");
        }

        assertThat(trial.trip())
                .hasValueSatisfying(trip -> assertThat(trip.guard()).isEqualTo(Guard.ERRORS));
        assertThat(under.records("text.dead-letters")).isEmpty();
    }

    @Test
    void aChallengerThatIsBrokenCostsNobodyAResult() {
        under.challenger.answering(text -> {
            throw new InferenceException("NaN");
        });
        under.tries(DeploymentMode.CANARY, 1, limits(20));

        assertThat(version(send("k", "hello"))).isEqualTo("1");
    }

    @Test
    void aVersionThatTurnsBadLateIsFoundAsFast() {
        Trial trial = under.tries(DeploymentMode.CANARY, 1, limits(20));
        for (int i = 0; i < 200; i++) {
            send("k" + i, "hello");
        }
        under.challenger.answering(text -> new double[] {0.1, 0.9});

        for (int i = 0; i < 11; i++) {
            send("k" + i, "hello");
        }

        assertThat(trial.trip()).isPresent();
    }

    @Test
    void twoTasksTryDifferentKeys() {
        KeyShare spam = new KeyShare("spam", 0.2);
        KeyShare sentiment = new KeyShare("sentiment", 0.2);
        int both = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] key = ("customer-" + i).getBytes(StandardCharsets.UTF_8);
            both += spam.holds(key, "") && sentiment.holds(key, "") ? 1 : 0;
        }

        assertThat(both).isBetween(300, 500); // independent: a twenty-fifth
    }

    @Test
    void aLargerShareHoldsTheKeysOfASmallerOne() {
        for (int i = 0; i < 1_000; i++) {
            byte[] key = ("customer-" + i).getBytes(StandardCharsets.UTF_8);
            if (new KeyShare("spam", 0.1).holds(key, "")) {
                assertThat(new KeyShare("spam", 0.2).holds(key, "")).isTrue();
            }
            assertThat(new KeyShare("spam", 1).holds(key, "")).isTrue();
            assertThat(new KeyShare("spam", 0).holds(key, "")).isFalse();
        }
    }

    private ClassificationResult send(@Nullable String key, String text) {
        return under.send(key, text).orElseThrow();
    }

    private static String version(ClassificationResult result) {
        return result.getModel().getVersion();
    }
}
