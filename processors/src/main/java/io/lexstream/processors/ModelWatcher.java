package io.lexstream.processors;

import io.lexstream.inference.ModelSlot;
import io.lexstream.model.Refusal;
import io.lexstream.schemas.Deployment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each task's slots filled with the versions that are deployed, by a thread of its own.
 *
 * <p>A version that must not serve is refused and reported; what served before still does. What cannot be had now (the
 * broker is away) is tried again until it can.
 */
final class ModelWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWatcher.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration READ_TO_END = Duration.ofSeconds(30);

    private final ModelSource source;
    private final ModelReport report;
    private final ModelDeployer deployer;
    private final TrialDeployer trialDeployer;
    private final Map<String, ModelSlot> slots;
    private final Clock clock;
    private final RetryPause pause;
    private final CompletableFuture<Void> everyTaskServed = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "model-watcher");

    /** The newest deployment of each task that is neither served nor refused yet; for the watcher's thread only. */
    private final Map<String, Arrived> pending = new LinkedHashMap<>();

    private record Arrived(Deployment deployment, Instant at) {}

    private ModelWatcher(ModelSource source, Places places, ModelReport report, Clock clock, Duration longestPause) {
        this.source = source;
        this.report = report;
        this.deployer = new ModelDeployer(source, places.profiles, report, clock);
        this.trialDeployer = new TrialDeployer(source, places.trials, places.trialSettings, report, clock);
        this.slots = new LinkedHashMap<>(places.slots);
        this.clock = clock;
        this.pause = new RetryPause(longestPause);
        thread.setDaemon(true);
    }

    /**
     * What a watcher fills; stays the caller's.
     *
     * @param slots the tasks' champions
     * @param trials the tasks' challengers
     * @param profiles what the champions' training texts were like
     */
    record Places(Map<String, ModelSlot> slots, Trials trials, TrialSettings trialSettings, Profiles profiles) {}

    /**
     * Starts a watcher, which takes ownership of {@code source}.
     *
     * @param onDeath hears what killed the watcher's thread, should that happen
     */
    static ModelWatcher start(
            ModelSource source,
            Places places,
            ModelReport report,
            Clock clock,
            Duration longestPause,
            Consumer<Throwable> onDeath) {
        ModelWatcher watcher = new ModelWatcher(source, places, report, clock, longestPause);
        watcher.thread.setUncaughtExceptionHandler((thread, e) -> onDeath.accept(e));
        watcher.thread.start();
        return watcher;
    }

    /** Done, by the watcher's thread, when every task has a model. */
    CompletableFuture<Void> everyTaskServed() {
        return everyTaskServed;
    }

    /** Tasks that have no model yet, each with why a version was refused, if one was. */
    Map<String, String> whyWaiting() {
        Map<String, String> reasons = new LinkedHashMap<>();
        waitingFor().forEach(task -> reasons.put(task, report.lastRefusal(task)));
        return reasons;
    }

    /** Tasks that have no model yet. */
    List<String> waitingFor() {
        return slots.values().stream()
                .filter(slot -> slot.serving().isEmpty())
                .map(ModelSlot::task)
                .toList();
    }

    @Override
    public void close() {
        closing.countDown();
        everyTaskServed.completeExceptionally(new CancellationException("the model watcher was closed"));
        source.wakeup();
        Threads.join(thread);
    }

    private void watch() {
        boolean readToEnd = false;
        try (source) {
            while (closing.getCount() > 0) {
                try {
                    accept(readToEnd ? source.poll(POLL) : source.readToEnd(READ_TO_END));
                    reportRefusals();
                    if (!readToEnd) {
                        readToEnd = true;
                        LOG.atInfo().addKeyValue("deployed", pending.keySet()).log("model topics read");
                    }
                    deployPending();
                    slots.forEach((task, slot) -> trialDeployer.reportOn(task, slot.serving()));
                    pause.reset();
                } catch (RuntimeException e) {
                    waitAfter(e);
                }
            }
        }
    }

    private void accept(List<Deployment> deployments) {
        for (Deployment deployment : deployments) {
            if (slots.containsKey(deployment.getTask())) {
                pending.put(deployment.getTask(), new Arrived(deployment, clock.instant()));
            }
        }
    }

    private void reportRefusals() {
        for (Refusal refusal : source.refusals()) {
            ModelSlot slot = slots.get(refusal.offered().task());
            if (slot != null) {
                report.refused(refusal, slot.serving());
            }
        }
    }

    /** Tries them all, whatever becomes of one: tasks do not wait for each other. */
    private void deployPending() {
        @Nullable RuntimeException failure = null;
        for (Map.Entry<String, ModelSlot> task : slots.entrySet()) {
            Arrived arrived = pending.get(task.getKey());
            if (arrived == null || closing.getCount() == 0) {
                continue;
            }
            try {
                deployer.deploy(arrived.deployment, arrived.at, task.getValue());
                trialDeployer.deploy(arrived.deployment, task.getValue().serving());
                pending.remove(task.getKey());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (waitingFor().isEmpty()) {
            everyTaskServed.complete(null);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void waitAfter(RuntimeException e) {
        if (closing.getCount() == 0) {
            return; // woken up, or the broker went before us
        }
        Duration next = pause.next();
        LOG.atWarn()
                .addKeyValue("pending", pending.keySet())
                .addKeyValue("retryMillis", next.toMillis())
                .setCause(e)
                .log("model topics cannot be read now; what serves still does");
        try {
            closing.await(next.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
