package io.lexstream.trainer.service;

import io.lexstream.model.ModelPublishException;
import io.lexstream.model.ModelPublisher;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.TrainerRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what is decided about trials: a signed deployment; then a line in the log, and the outcome as first
 * reason in the record of the run that made the version. Used by the service's thread.
 */
final class TrialEnds implements TrialController.Actions {
    private static final Logger LOG = LoggerFactory.getLogger(TrialEnds.class);

    private final Publishing publishing;
    private final RunLog runs;
    private final LeaderWriter writer;
    private final Consumer<TrainerRun> listener;
    private final Duration retry;
    private final Clock clock;
    private Instant notBefore = Instant.EPOCH;

    /**
     * @param listener is told of the run whose version's trial has ended
     * @param retry pause after a deployment that could not be written
     */
    TrialEnds(
            Publishing publishing,
            RunLog runs,
            LeaderWriter writer,
            Consumer<TrainerRun> listener,
            Duration retry,
            Clock clock) {
        this.publishing = publishing;
        this.runs = runs;
        this.writer = writer;
        this.listener = listener;
        this.retry = retry;
        this.clock = clock;
    }

    @Override
    public void promote(Deployment trial, String reason) {
        end(trial, "promoted after its trial: " + reason, (publisher, why) -> publisher.promoteChallenger(trial, why));
    }

    @Override
    public void endTrial(Deployment trial, String reason) {
        end(trial, "not promoted after its trial: " + reason, (publisher, why) -> publisher.endTrial(trial, why));
    }

    private interface Write {
        Optional<Deployment> with(ModelPublisher publisher, String reason);
    }

    private void end(Deployment trial, String outcome, Write write) {
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        String version = trial.getTask() + "@" + trial.getChallenger();
        Function<ModelPublisher, Optional<Deployment>> work =
                publisher -> write.with(publisher, trial.getChallenger() + " was " + outcome);
        Optional<Deployment> written;
        try {
            written = publishing.with(work);
        } catch (ModelPublishException e) {
            notBefore = clock.instant().plus(retry);
            LOG.atWarn()
                    .addKeyValue("model", version)
                    .addKeyValue("outcome", outcome)
                    .setCause(e)
                    .log("the trial's end could not be written");
            return;
        }
        if (written.isEmpty()) {
            LOG.atInfo().addKeyValue("model", version).log("somebody else has ended the trial");
            return;
        }
        LOG.atInfo()
                .addKeyValue("model", version)
                .addKeyValue("outcome", outcome)
                .addKeyValue("serving", written.get().getChampion())
                .log("trial ended");
        runs.find(version).filter(RunLog::isOver).ifPresent(run -> tell(run, outcome));
    }

    private void tell(TrainerRun run, String outcome) {
        TrainerRun told = TrainerRun.newBuilder(run)
                .setReasons(Stream.concat(Stream.of(outcome), run.getReasons().stream())
                        .toList())
                .setUpdatedAt(clock.instant())
                .build();
        writer.write(step -> step.run(told));
        runs.put(told);
        listener.accept(told);
    }
}
