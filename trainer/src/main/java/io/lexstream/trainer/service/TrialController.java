package io.lexstream.trainer.service;

import io.lexstream.model.TrialFigures;
import io.lexstream.model.TrialFigures.Trip;
import io.lexstream.model.TrialLimits;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.trainer.service.TrialDecision.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about the versions on trial, of what all instances report of them and of people's labels.
 *
 * <p>An instance stops by itself using a version that trips a guard there; here the trial ends for all of them, or the
 * version is promoted. A canary is promoted after enough results over all instances, none of which objects, if it is
 * not behind the champion on the labels that came meanwhile. A shadow is never promoted from here: it ends by an
 * objection, or by a person. A canary that gets neither verdict in time ends, too. Used by one thread.
 */
final class TrialController {
    /** Probability of chance below which the challenger counts as worse on people's labels. */
    private static final double CERTAINLY_BEHIND = 0.05;

    private final TrialLimits limits;
    private final Duration longest;
    private final Labels labels;
    private final Actions actions;
    private final Clock clock;
    private final Map<Key, TrialReports> reports = new HashMap<>();

    /** One trial: the same version may be tried again later. */
    private record Key(String task, String challenger, Instant since) {}

    /** Where people's labels come from. */
    interface Labels {
        /** How both versions agree with the labels that came since the trial began; empty if that is not known yet. */
        Optional<Agreement> since(Deployment trial);
    }

    /** Carries decisions out, by signed deployments. */
    interface Actions {
        /** The challenger is to serve. */
        void promote(Deployment trial, String reason);

        /** The champion is to serve alone. */
        void endTrial(Deployment trial, String reason);
    }

    /**
     * @param limits as the instances have them: what trips no guard in any of them may do so in their sum
     * @param longest after which a canary without verdict ends
     */
    TrialController(TrialLimits limits, Duration longest, Labels labels, Actions actions, Clock clock) {
        this.limits = limits;
        this.longest = longest;
        this.labels = labels;
        this.actions = actions;
        this.clock = clock;
    }

    /** Takes note of a record of the status topic, in the topic's order; those of no trial are passed over. */
    void heard(ModelStatus status) {
        TrialFigures.since(status.getTrial())
                .map(since -> new Key(status.getTask(), status.getModel().getVersion(), since))
                .ifPresent(trial -> reports.computeIfAbsent(trial, key -> new TrialReports())
                        .add(status));
    }

    /**
     * Decides about each trial that is live, and carries it out. To be called again and again.
     *
     * @param live the deployments that are live now
     */
    List<TrialDecision> step(Collection<Deployment> live) {
        List<TrialDecision> decisions = new ArrayList<>();
        for (Deployment deployment : live) {
            forgetBefore(deployment);
            if (isTrial(deployment)) {
                TrialDecision decision = decide(deployment);
                carryOut(deployment, decision);
                decisions.add(decision);
            }
        }
        return decisions;
    }

    TrialDecision decide(Deployment trial) {
        TrialReports heard = reports.getOrDefault(key(trial), new TrialReports());
        TrialFigures figures = heard.figures();
        Optional<Agreement> agreement = labels.since(trial);
        Optional<String> objection = heard.objection()
                .or(() -> figures.trips(limits).map(Trip::reason).map("over all instances "::concat))
                .or(() -> agreement.flatMap(TrialController::behind));
        if (objection.isPresent()) {
            return decision(trial, Outcome.ROLL_BACK, objection.get());
        }
        String state = String.format(
                Locale.ROOT,
                "%d results, %d errors, %d disagreements; %s",
                figures.results(),
                figures.errors(),
                figures.disagreements(),
                agreement.map(TrialController::inWords).orElse("people's labels are not compared yet"));
        boolean canary = trial.getMode() == DeploymentMode.CANARY;
        if (canary && figures.results() >= limits.minResults() && isNotBehind(agreement)) {
            return decision(trial, Outcome.PROMOTE, "no guard tripped: " + state);
        }
        if (canary && isOver(trial)) {
            return decision(
                    trial, Outcome.ROLL_BACK, "no verdict within " + longest.toMinutes() + " minutes: " + state);
        }
        return decision(trial, Outcome.CONTINUE, state);
    }

    private static boolean isNotBehind(Optional<Agreement> agreement) {
        return agreement.isPresent() && !agreement.get().isBehind();
    }

    private static String inWords(Agreement agreement) {
        return String.format(
                Locale.ROOT,
                "of %d labelled texts it alone has %d right, the champion alone %d",
                agreement.texts(),
                agreement.onlyChallengerRight(),
                agreement.onlyChampionRight());
    }

    private static Optional<String> behind(Agreement agreement) {
        return agreement.isBehind() && agreement.behindByChance() < CERTAINLY_BEHIND
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "of %d labelled texts only the champion has %d right, only the challenger %d (p %.3f)",
                        agreement.texts(),
                        agreement.onlyChampionRight(),
                        agreement.onlyChallengerRight(),
                        agreement.behindByChance()))
                : Optional.empty();
    }

    private void carryOut(Deployment trial, TrialDecision decision) {
        switch (decision.outcome()) {
            case PROMOTE -> actions.promote(trial, decision.reason());
            case ROLL_BACK -> actions.endTrial(trial, decision.reason());
            case CONTINUE -> {}
        }
    }

    /** The deployment may be read later than what instances say of its trial: only older trials are over. */
    private void forgetBefore(Deployment live) {
        reports.keySet()
                .removeIf(trial ->
                        trial.task().equals(live.getTask()) && trial.since().isBefore(live.getUpdatedAt()));
    }

    private boolean isOver(Deployment trial) {
        return Duration.between(trial.getUpdatedAt(), clock.instant()).compareTo(longest) > 0;
    }

    static boolean isTrial(Deployment deployment) {
        return !deployment.getChallenger().isEmpty()
                && (deployment.getMode() == DeploymentMode.CANARY || deployment.getMode() == DeploymentMode.SHADOW);
    }

    private static Key key(Deployment trial) {
        return new Key(trial.getTask(), trial.getChallenger(), trial.getUpdatedAt());
    }

    private static TrialDecision decision(Deployment trial, Outcome outcome, String reason) {
        return new TrialDecision(trial.getTask(), trial.getChallenger(), outcome, reason);
    }
}
