package io.lexstream.trainer.service;

import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.trainer.TrainingWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Says on the run topic how a run goes, and passes on the wish to stop it. */
final class RunControl implements TrainingWatch {
    /** Least time between two records of a training that goes on. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final LeaderWriter writer;
    private final Clock clock;
    private final Consumer<TrainerRun> listener;
    private TrainerRun run;
    private Instant written = Instant.EPOCH;
    private volatile boolean cancelled;

    /** @param listener is told of the beginning and of the end */
    RunControl(TrainerRun run, LeaderWriter writer, Clock clock, Consumer<TrainerRun> listener) {
        this.run = run;
        this.writer = writer;
        this.clock = clock;
        this.listener = listener;
    }

    /** The run as it was last written. Asked by the run's own thread only. */
    TrainerRun run() {
        return run;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void check() {
        if (cancelled) {
            throw new CancellationException("the run " + run.getRunId() + " was called off");
        }
    }

    /** The rows are there. */
    void started(int examples, int heldOut) {
        write(next(RunState.STARTED).setExamples(examples).setHeldOut(heldOut).build());
        listener.accept(run);
    }

    @Override
    public void epoch(int done, Map<String, Double> metrics) {
        check();
        run = next(RunState.TRAINING).setEpochs(done).setMetrics(with(metrics)).build();
        if (!written.plus(EVERY).isAfter(clock.instant())) {
            write(run);
        }
    }

    void ended(RunState state, List<String> reasons, Map<String, Double> metrics) {
        check();
        write(next(state).setReasons(reasons).setMetrics(with(metrics)).build());
        listener.accept(run);
    }

    private TrainerRun.Builder next(RunState state) {
        return TrainerRun.newBuilder(run).setState(state).setUpdatedAt(clock.instant());
    }

    private Map<String, Double> with(Map<String, Double> metrics) {
        Map<String, Double> all = new HashMap<>(run.getMetrics());
        all.putAll(metrics);
        return all;
    }

    private void write(TrainerRun next) {
        writer.write(step -> step.run(next));
        run = next;
        written = clock.instant();
    }
}
