package io.lexstream.processors;

import io.lexstream.model.ModelVersion;
import io.lexstream.model.Refusal;
import io.lexstream.model.TrialFigures;
import io.lexstream.model.TrialFigures.Trip;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log, the metrics and the status topic what this instance serves, and what it refused. */
final class ModelReport {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReport.class);

    private final String instance;
    private final ProcessorMetrics metrics;
    private final Consumer<ModelStatus> topic;
    private final Clock clock;
    private final Map<String, String> lastRefusal = new ConcurrentHashMap<>();

    /** @param topic takes the records of the status topic; must not throw */
    ModelReport(String instance, ProcessorMetrics metrics, Consumer<ModelStatus> topic, Clock clock) {
        this.instance = instance;
        this.metrics = metrics;
        this.topic = topic;
        this.clock = clock;
    }

    /** @param sinceDeployment from the deployment's arrival to the swap */
    void served(ModelVersion version, Duration sinceDeployment) {
        LOG.atInfo()
                .addKeyValue("model", version)
                .addKeyValue("digest", version.digest())
                .addKeyValue("millis", sinceDeployment.toMillis())
                .log("model serves");
        metrics.modelServed(version, sinceDeployment);
        topic.accept(status(version.task(), ModelState.SERVING)
                .setModel(version.toRef())
                .setServing(version.version())
                .setSwapMillis(sinceDeployment.toMillis())
                .build());
    }

    /**
     * What has been deployed serves already: that is said again, for this topic keeps each instance's last word.
     *
     * @param reason of the deployment: why a trial begins, or why it has ended
     */
    void servesAlready(ModelVersion version, String reason) {
        topic.accept(status(version.task(), ModelState.SERVING)
                .setModel(version.toRef())
                .setServing(version.version())
                .setReason(reason)
                .build());
    }

    /** @param serving what serves all the same */
    void refused(Refusal refusal, Optional<ModelVersion> serving) {
        topic.accept(status(refusal, serving).build());
    }

    /**
     * As {@link #refused}, of a challenger.
     *
     * @param since time of the deployment that names it
     */
    void refusedForTrial(Refusal refusal, Instant since, Optional<ModelVersion> serving) {
        topic.accept(status(refusal, serving)
                .setTrial(TrialFigures.NONE.toMap(since))
                .build());
    }

    private ModelStatus.Builder status(Refusal refusal, Optional<ModelVersion> serving) {
        ModelVersion offered = refusal.offered();
        LOG.atError()
                .addKeyValue("model", offered)
                .addKeyValue("digest", offered.digest())
                .addKeyValue("reason", refusal.why())
                .addKeyValue("serving", serving.map(ModelVersion::toString).orElse("nothing"))
                .log("model refused");
        metrics.modelRefused(offered.task(), refusal.rejection());
        lastRefusal.put(offered.task(), refusal.why());
        return status(offered.task(), ModelState.REFUSED)
                .setModel(offered.toRef())
                .setServing(serving.map(ModelVersion::version).orElse(""))
                .setReason(refusal.why());
    }

    /** Why a version of the task was last refused; empty if none was. Any thread may ask. */
    String lastRefusal(String task) {
        return lastRefusal.getOrDefault(task, "");
    }

    /** The version has begun its trial, or goes on with it. */
    void trying(Trial trial, TrialFigures figures, Optional<ModelVersion> serving) {
        if (figures.results() == 0) {
            LOG.atInfo().addKeyValue("model", trial.challenger()).log("model is tried");
        }
        topic.accept(status(ModelState.TRYING, trial, figures, serving).build());
    }

    /** A guard has ended the version's trial here. */
    void tripped(Trial trial, Trip trip, TrialFigures figures, Optional<ModelVersion> serving) {
        LOG.atError()
                .addKeyValue("model", trial.challenger())
                .addKeyValue("guard", trip.guard())
                .addKeyValue("reason", trip.reason())
                .log("guard tripped: model is not tried any more here");
        metrics.trialTripped(trial.challenger().task(), trip.guard());
        topic.accept(status(ModelState.TRIPPED, trial, figures, serving)
                .setReason(trip.reason())
                .build());
    }

    /** The version is on trial no more. */
    void trialEnded(ModelVersion challenger, Optional<ModelVersion> serving) {
        LOG.atInfo().addKeyValue("model", challenger).log("model's trial has ended");
        metrics.trialEnded(challenger, serving);
    }

    private ModelStatus.Builder status(
            ModelState state, Trial trial, TrialFigures figures, Optional<ModelVersion> serving) {
        return status(trial.challenger().task(), state)
                .setModel(trial.challenger().toRef())
                .setServing(serving.map(ModelVersion::version).orElse(""))
                .setTrial(figures.toMap(trial.since()));
    }

    private ModelStatus.Builder status(String task, ModelState state) {
        return ModelStatus.newBuilder()
                .setInstance(instance)
                .setTask(task)
                .setState(state)
                .setUpdatedAt(clock.instant());
    }
}
