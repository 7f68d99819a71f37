package io.lexstream.processors;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.TrialFigures;
import io.lexstream.processors.ModelSource.OpenedModel;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Begins and ends trials as deployments say, and reports how they go. Used by the watcher's thread. */
final class TrialDeployer {
    private final ModelSource source;
    private final Trials trials;
    private final TrialSettings settings;
    private final ModelReport report;
    private final Clock clock;
    private final Map<String, Reported> reported = new HashMap<>();

    /** What was said last of a trial, and when. */
    private record Reported(Trial trial, TrialFigures figures, boolean tripped, Instant at) {}

    TrialDeployer(ModelSource source, Trials trials, TrialSettings settings, ModelReport report, Clock clock) {
        this.source = source;
        this.trials = trials;
        this.settings = settings;
        this.report = report;
        this.clock = clock;
    }

    /**
     * Tries the challenger that the deployment names, anew if it did already, or ends what is tried.
     *
     * @param serving the champion here
     * @throws RuntimeException if the version cannot be had now
     */
    void deploy(Deployment deployment, Optional<ModelVersion> serving) {
        String task = deployment.getTask();
        String version = deployment.getChallenger();
        TrialSlot slot = trials.slot(task);
        if (!isTrial(deployment)
                || serving.map(ModelVersion::version).filter(version::equals).isPresent()) {
            end(task, serving);
            return;
        }
        if (!slot.holds(version)) {
            OpenedModel opened;
            try {
                opened = source.open(task, version);
            } catch (ModelRejectedException e) {
                end(task, serving);
                report.refusedForTrial(source.refusal(task, version, e), deployment.getUpdatedAt(), serving);
                return;
            }
            end(task, serving);
            slot.put(opened);
        }
        ModelVersion challenger = slot.models().serving().orElseThrow();
        Trial trial = new Trial(
                challenger, deployment.getMode(), share(deployment), settings.limits(), deployment.getUpdatedAt());
        slot.begin(trial);
        report(trial, serving);
    }

    /** Says how the trial of {@code task} goes: every few seconds, and at once when a guard has tripped. */
    void reportOn(String task, Optional<ModelVersion> serving) {
        TrialSlot slot = trials.slot(task);
        slot.trial().ifPresent(trial -> {
            Optional<Reported> last = Optional.ofNullable(reported.get(task)).filter(said -> said.trial == trial);
            if (last.filter(Reported::tripped).isPresent()) {
                return;
            }
            if (trial.trip().isPresent()) {
                slot.empty();
                report(trial, serving);
            } else if (last.map(said -> isDue(said.at) && !said.figures.equals(trial.figures()))
                    .orElse(true)) {
                report(trial, serving);
            }
        });
    }

    private void report(Trial trial, Optional<ModelVersion> serving) {
        TrialFigures figures = trial.figures();
        trial.trip()
                .ifPresentOrElse(
                        trip -> report.tripped(trial, trip, figures, serving),
                        () -> report.trying(trial, figures, serving));
        reported.put(
                trial.challenger().task(),
                new Reported(trial, figures, trial.trip().isPresent(), clock.instant()));
    }

    private void end(String task, Optional<ModelVersion> serving) {
        TrialSlot slot = trials.slot(task);
        slot.trial().map(Trial::challenger).ifPresent(challenger -> {
            slot.end();
            reported.remove(task);
            report.trialEnded(challenger, serving);
        });
    }

    private boolean isDue(Instant last) {
        return Duration.between(last, clock.instant()).compareTo(settings.reportEvery()) >= 0;
    }

    private static boolean isTrial(Deployment deployment) {
        return !deployment.getChallenger().isEmpty()
                && (deployment.getMode() == DeploymentMode.CANARY || deployment.getMode() == DeploymentMode.SHADOW);
    }

    /** A shadow without a share reads everything: it costs nobody a result. A share that is none is taken for none. */
    private static double share(Deployment deployment) {
        double share = deployment.getShare();
        boolean whole = deployment.getMode() == DeploymentMode.SHADOW && share == 0;
        return whole ? 1 : share > 0 ? Math.min(1, share) : 0;
    }
}
