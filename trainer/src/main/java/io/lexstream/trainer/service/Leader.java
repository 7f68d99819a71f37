package io.lexstream.trainer.service;

import io.lexstream.events.EventDecoder;
import io.lexstream.model.ContentStore;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainerRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer that may run, from when it is chosen to when it no longer is. Used by the service's thread. */
final class Leader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    /** For a run to notice that it is called off. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Clients clients;
    private final TrainerSettings settings;
    private final TrainerParts parts;
    private final ContentStore store;
    private final Clock clock;
    private final Consumer<TrainerRun> listener;
    private final Schedule schedule;
    private final RunLog runs;
    private final LeaderWriter writer;
    private final Champions champions;
    private final LabelJoin labels;
    private final TrialWatch trials;
    private FreshExamples fresh;
    private Optional<Running> running = Optional.empty();

    private record Running(RunControl control, Thread thread) {}

    private Leader(
            Clients clients,
            TrainerParts parts,
            ContentStore store,
            Clock clock,
            Consumer<TrainerRun> listener,
            RunLog runs,
            Opened opened) {
        this.clients = clients;
        this.settings = clients.settings();
        this.parts = parts;
        this.store = store;
        this.clock = clock;
        this.listener = listener;
        this.runs = runs;
        this.schedule = new Schedule(settings.minNewLabels(), settings.interval());
        this.writer = opened.writer;
        this.champions = opened.champions;
        this.labels = opened.labels;
        this.trials = opened.trials;
        this.fresh = opened.fresh;
    }

    private record Opened(
            LeaderWriter writer, Champions champions, LabelJoin labels, TrialWatch trials, FreshExamples fresh) {}

    /** @param runs all that is known of runs; goes on being told by its owner */
    static Leader open(
            Clients clients,
            TrainerParts parts,
            ContentStore store,
            Clock clock,
            Consumer<TrainerRun> listener,
            RunLog runs) {
        LeaderWriter writer = LeaderWriter.open(clients);
        Champions champions = null;
        LabelJoin labels = null;
        TrialWatch trials = null;
        try {
            champions = Champions.open(clients.settings(), store);
            labels = labels(clients, champions, writer, clock);
            TrialEnds ends = new TrialEnds(
                    parts.publishing(),
                    runs,
                    writer,
                    listener,
                    clients.settings().modelRetry(),
                    clock);
            trials = TrialWatch.open(clients, champions, ends, clock);
            FreshExamples fresh = FreshExamples.open(clients, runs.examplesSeen());
            Opened opened = new Opened(writer, champions, labels, trials, fresh);
            return new Leader(clients, parts, store, clock, listener, runs, opened);
        } catch (RuntimeException e) {
            writer.close();
            if (champions != null) {
                champions.close();
            }
            if (labels != null) {
                labels.close();
            }
            if (trials != null) {
                trials.close();
            }
            throw e;
        }
    }

    private static LabelJoin labels(Clients clients, Champions champions, LeaderWriter writer, Clock clock) {
        TrainerSettings settings = clients.settings();
        EventDecoder decoder = settings.eventDecoder();
        LabelReader reader = new LabelReader(
                AvroSerde.forValues(TextLabel.class, settings.clientConfig()).deserializer(),
                decoder,
                settings.trainedTasks(),
                settings.labelWeights(),
                champions::form);
        return LabelJoin.open(clients, reader, decoder, writer, clock);
    }

    /** Whether there is more to do at once. */
    boolean isBusy() {
        return labels.isBusy() || trials.isBusy();
    }

    /** One turn: labels that have come, trials that are decided, a run that is over, a run that is due. */
    void step() {
        champions.step();
        labels.step();
        trials.step();
        fresh.step(Duration.ZERO);
        if (running.isPresent() && !running.get().thread.isAlive()) {
            runs.put(running.get().control.run());
            running = Optional.empty();
        }
        if (running.isEmpty()) {
            takeOver();
        }
        if (running.isEmpty()) {
            startIfDue();
        }
    }

    /** Runs that nobody has in hand: asked for by command, or left by a trainer that went away. */
    private void takeOver() {
        for (TrainerRun run : runs.unfinished()) {
            switch (Takeover.of(run, attempts(run))) {
                case BEGIN -> begin(run);
                case GO_ON -> start(run);
                case ABANDON -> abandon(run);
                case GIVE_UP -> end(run, "given up: its trainer failed in the middle of it three times");
                default -> throw new IllegalStateException(run.getRunId());
            }
            if (running.isPresent()) {
                return;
            }
        }
    }

    private OptionalInt attempts(TrainerRun run) {
        try {
            return directory(run).attempts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(TrainerRun asked) {
        Optional<String> parent = settings.trainedTasks().contains(asked.getTask())
                ? champions.version(asked.getTask())
                : Optional.empty();
        if (parent.isEmpty()) {
            end(asked, "task " + asked.getTask() + " is not trained here, or has no version to go on from");
        } else {
            start(prepared(asked, parent.get()));
        }
    }

    private void startIfDue() {
        Instant now = clock.instant();
        for (String task : settings.trainedTasks()) {
            if (champions.isTrying(task)) {
                continue; // one change at a time
            }
            Optional<String> trigger = schedule.due(fresh.count(task), fresh.oldest(task), runs.lastRun(task), now);
            Optional<String> parent = trigger.isPresent() ? champions.version(task) : Optional.empty();
            if (trigger.isPresent() && parent.isPresent()) {
                start(prepared(requested(task, trigger.get(), now), parent.get()));
                return;
            }
        }
    }

    /** A run that somebody wants, and nobody has begun. */
    static TrainerRun requested(String task, String trigger, Instant now) {
        String version = VERSION.format(now);
        return TrainerRun.newBuilder()
                .setRunId(task + "@" + version)
                .setTask(task)
                .setState(RunState.STARTED)
                .setTrigger(trigger)
                .setVersion(version)
                .setStartedAt(now)
                .setUpdatedAt(now)
                .build();
    }

    /** With what makes it this run and no other: the version that it goes on from, and how far it sees the examples. */
    private TrainerRun prepared(TrainerRun run, String parent) {
        long end = new ExampleTopic(clients).end();
        return TrainerRun.newBuilder(run)
                .setInstance(settings.instanceId())
                .setParent(parent)
                .setMethod(settings.method())
                .setMetrics(Map.of(RunLog.EXAMPLES_END, (double) end))
                .setUpdatedAt(clock.instant())
                .build();
    }

    private void start(TrainerRun run) {
        TrainerRun ours =
                TrainerRun.newBuilder(run).setInstance(settings.instanceId()).build();
        writer.write(step -> step.run(ours));
        runs.put(ours);
        fresh.seen(
                run.getTask(),
                run.getMetrics().getOrDefault(RunLog.EXAMPLES_END, 0.0).longValue());
        RunControl control = new RunControl(ours, writer, clock, listener);
        TrainingRun script = new TrainingRun(clients, parts, store, directory(run), control, clock);
        Thread thread = new Thread(script, "trainer-run");
        thread.setDaemon(true);
        running = Optional.of(new Running(control, thread));
        thread.start();
        LOG.atInfo()
                .addKeyValue("run", run.getRunId())
                .addKeyValue("trigger", run.getTrigger())
                .log("run started");
    }

    /** What it was to learn from is new again. */
    private void abandon(TrainerRun run) {
        end(run, RunLog.WENT_AWAY);
        fresh.close();
        fresh = FreshExamples.open(clients, runs.examplesSeen());
    }

    private void end(TrainerRun run, String reason) {
        TrainerRun ended = TrainerRun.newBuilder(run)
                .setState(RunState.FAILED)
                .setReasons(List.of(reason))
                .setInstance(settings.instanceId())
                .setUpdatedAt(clock.instant())
                .build();
        writer.write(step -> step.run(ended));
        runs.put(ended);
        listener.accept(ended);
        try {
            directory(run).delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunDirectory directory(TrainerRun run) {
        return new RunDirectory(settings.directory(), run.getRunId());
    }

    /** Calls a run off, which leaves its checkpoint; then closes. */
    @Override
    public void close() {
        running.ifPresent(run -> {
            run.control.cancel();
            awaitEnd(run.thread);
        });
        writer.close();
        try (champions;
                labels;
                trials) {
            fresh.close();
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.atWarn()
                    .addKeyValue("patienceMillis", PATIENCE.toMillis())
                    .log("the run has not noticed that it is called off");
        }
    }
}
