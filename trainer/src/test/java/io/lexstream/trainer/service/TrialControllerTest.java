package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.TrialFigures;
import io.lexstream.model.TrialLimits;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelRef;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.trainer.service.TrialDecision.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrialControllerTest {
    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00Z");
    private static final TrialLimits LIMITS = new TrialLimits(100, 0.05, 3.0, 0.25, 0.3);
    private static final Deployment CANARY = trial(DeploymentMode.CANARY, BEGUN);

    private final List<String> done = new ArrayList<>();
    private final TrialController.Actions actions = new TrialController.Actions() {
        @Override
        public void promote(Deployment trial, String reason) {
            done.add("promote " + trial.getTask() + "@" + trial.getChallenger() + ": " + reason);
        }

        @Override
        public void endTrial(Deployment trial, String reason) {
            done.add("end " + trial.getTask() + ": " + reason);
        }
    };
    private Optional<Agreement> agreement = Optional.of(Agreement.NONE);

    @Test
    void aCanaryIsPromotedAfterEnoughResultsOverAllInstances() {
        TrialController controller = controllerAt(BEGUN);
        controller.heard(trying("a", figures(60, 0, 5)));
        assertThat(outcome(controller)).isEqualTo(Outcome.CONTINUE);
        assertThat(done).isEmpty();

        controller.heard(trying("b", figures(39, 0, 5)));
        assertThat(outcome(controller)).isEqualTo(Outcome.CONTINUE);
        controller.heard(trying("b", figures(40, 0, 5))); // the same instance's later figures replace the earlier

        assertThat(outcome(controller)).isEqualTo(Outcome.PROMOTE);
        assertThat(done)
                .containsExactly(
                        "promote spam@2: no guard tripped: 100 results, 0 errors, 10 disagreements; of 0 labelled"
                                + " texts it alone has 0 right, the champion alone 0");
    }

    @Test
    void oneInstancesGuardEndsTheTrialForAll() {
        TrialController controller = controllerAt(BEGUN);
        controller.heard(trying("a", figures(500, 0, 5)));
        controller.heard(status("b", ModelState.TRIPPED, BEGUN, figures(30, 6, 0), "it fails on 6 of 30 texts"));

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
        assertThat(done).containsExactly("end spam: a guard tripped in b: it fails on 6 of 30 texts");
    }

    @Test
    void aGuardThatTrippedIsNotForgottenWhenTheInstanceStartsAnew() {
        TrialController controller = controllerAt(BEGUN);
        controller.heard(status("b", ModelState.TRIPPED, BEGUN, figures(30, 6, 0), "it fails"));
        controller.heard(trying("b", figures(0, 0, 0)));
        controller.heard(trying("b", figures(200, 0, 0)));

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
    }

    @Test
    void aRefusalEndsTheTrial() {
        TrialController controller = controllerAt(BEGUN);
        controller.heard(trying("a", figures(500, 0, 5)));
        controller.heard(status("b", ModelState.REFUSED, BEGUN, TrialFigures.NONE, "golden case failed"));

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
        assertThat(done).containsExactly("end spam: b refuses it: golden case failed");
    }

    @Test
    void whatTripsNowhereMayTripInTheSum() {
        TrialController controller = controllerAt(BEGUN);
        for (int i = 0; i < 4; i++) {
            controller.heard(trying("instance-" + i, figures(50, 5, 0)));
        }

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
        assertThat(done.get(0)).contains("over all instances it fails on 20 of 200 texts");
    }

    @Test
    void labelsThatSpeakClearlyAgainstItEndTheTrial() {
        TrialController controller = controllerAt(BEGUN);
        agreement = Optional.of(new Agreement(40, 9, 1));

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
        assertThat(done.get(0)).contains("of 40 labelled texts only the champion has 9 right, only the challenger 1");
    }

    @Test
    void aChallengerThatIsBehindOnLabelsIsNotPromoted() {
        TrialController controller = controllerAt(BEGUN);
        controller.heard(trying("a", figures(500, 0, 5)));
        agreement = Optional.of(new Agreement(40, 3, 2));
        assertThat(outcome(controller)).isEqualTo(Outcome.CONTINUE);

        agreement = Optional.of(new Agreement(50, 3, 3));

        assertThat(outcome(controller)).isEqualTo(Outcome.PROMOTE);
    }

    @Test
    void nothingIsPromotedBeforeTheLabelsAreCompared() {
        TrialController controller = controllerAt(BEGUN);
        controller.heard(trying("a", figures(500, 0, 5)));
        agreement = Optional.empty();
        assertThat(outcome(controller)).isEqualTo(Outcome.CONTINUE);

        controller.heard(status("b", ModelState.TRIPPED, BEGUN, figures(30, 6, 0), "it fails"));

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK); // which need not wait for them
    }

    @Test
    void aShadowIsNeverPromotedButEndedByAGuard() {
        Deployment shadow = trial(DeploymentMode.SHADOW, BEGUN);
        TrialController controller = controllerAt(BEGUN.plus(Duration.ofDays(30)));
        controller.heard(trying("a", figures(5_000, 0, 5)));
        assertThat(controller.step(List.of(shadow)).get(0).outcome()).isEqualTo(Outcome.CONTINUE);

        controller.heard(status("a", ModelState.TRIPPED, BEGUN, figures(5_001, 0, 5), "it is slow"));

        assertThat(controller.step(List.of(shadow)).get(0).outcome()).isEqualTo(Outcome.ROLL_BACK);
    }

    @Test
    void aCanaryWithoutVerdictEndsInTime() {
        TrialController controller = controllerAt(BEGUN.plus(Duration.ofHours(25)));
        controller.heard(trying("a", figures(99, 0, 5)));

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
        assertThat(done.get(0)).contains("no verdict within 1440 minutes: 99 results");
    }

    @Test
    void anEarlierTrialOfTheSameVersionCountsForNothing() {
        Deployment again = trial(DeploymentMode.CANARY, BEGUN.plusSeconds(60));
        TrialController controller = controllerAt(BEGUN.plusSeconds(60));
        controller.heard(status("a", ModelState.TRIPPED, BEGUN, figures(500, 30, 5), "it fails"));
        controller.heard(status("b", ModelState.TRYING, BEGUN, figures(500, 0, 5), ""));

        assertThat(controller.step(List.of(again)).get(0).outcome()).isEqualTo(Outcome.CONTINUE);
        assertThat(done).isEmpty();
    }

    @Test
    void aReportThatComesBeforeTheDeploymentIsReadCounts() {
        TrialController controller = controllerAt(BEGUN);
        Deployment before = deployment("", DeploymentMode.CANARY, BEGUN.minusSeconds(60));
        controller.heard(status("a", ModelState.TRIPPED, BEGUN, figures(30, 6, 0), "it fails"));

        assertThat(controller.step(List.of(before))).isEmpty();

        assertThat(outcome(controller)).isEqualTo(Outcome.ROLL_BACK);
    }

    @Test
    void whatServesWithoutTrialIsLeftAlone() {
        TrialController controller = controllerAt(BEGUN);
        ModelStatus serving = trying("a", figures(500, 0, 0));
        serving.setState(ModelState.SERVING);
        serving.setTrial(Map.of());
        controller.heard(serving);

        assertThat(controller.step(List.of(
                        deployment("", DeploymentMode.CANARY, BEGUN), deployment("2", DeploymentMode.MANUAL, BEGUN))))
                .isEmpty();
    }

    private Outcome outcome(TrialController controller) {
        return controller.step(List.of(CANARY)).get(0).outcome();
    }

    private TrialController controllerAt(Instant now) {
        return new TrialController(
                LIMITS, Duration.ofHours(24), trial -> agreement, actions, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Deployment trial(DeploymentMode mode, Instant since) {
        return deployment("2", mode, since);
    }

    private static Deployment deployment(String challenger, DeploymentMode mode, Instant since) {
        return Deployment.newBuilder()
                .setTask("spam")
                .setChampion("1")
                .setChallenger(challenger)
                .setMode(mode)
                .setShare(0.1)
                .setUpdatedAt(since)
                .build();
    }

    private static TrialFigures figures(long results, long errors, long disagreements) {
        return new TrialFigures(results, errors, 0, disagreements, 1, 1, new TreeMap<>(), new TreeMap<>());
    }

    private static ModelStatus trying(String instance, TrialFigures figures) {
        return status(instance, ModelState.TRYING, BEGUN, figures, "");
    }

    private static ModelStatus status(
            String instance, ModelState state, Instant since, TrialFigures figures, String reason) {
        return ModelStatus.newBuilder()
                .setInstance(instance)
                .setTask("spam")
                .setState(state)
                .setModel(new ModelRef("tiny", "2", "def"))
                .setServing("1")
                .setReason(reason)
                .setTrial(figures.toMap(since))
                .build();
    }
}
