package io.lexstream.trainer.service;

import io.lexstream.model.ContentStore;
import io.lexstream.schemas.Topics;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.settings.RequiredTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer as a service. Any number of instances may run; one of them leads: it joins labels with their texts,
 * trains, one run at a time, and decides about versions on trial. The others stand by.
 */
public final class TrainerService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);
    private static final Duration TURN = Duration.ofMillis(250);
    /** Troubles with Kafka in a row after which somebody must look. */
    private static final int MOST_TROUBLES = 20;

    private final Clients clients;
    private final TrainerParts parts;
    private final ContentStore store;
    private final Clock clock;
    private final Consumer<TrainerRun> listener;
    private final Membership membership;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "trainer");
    private Optional<Leader> leader = Optional.empty();
    private volatile boolean leads;

    private TrainerService(
            Clients clients, TrainerParts parts, ContentStore store, Clock clock, Consumer<TrainerRun> listener) {
        this.clients = clients;
        this.parts = parts;
        this.store = store;
        this.clock = clock;
        this.listener = listener;
        this.membership = Membership.open(clients, this::stepDown);
    }

    /**
     * Starts the service; returns at once.
     *
     * @param listener is told when a run begins and ends here, on a thread of the service
     * @throws KafkaException that says which setting or topic is at fault
     */
    public static TrainerService start(
            TrainerSettings settings,
            TrainerParts parts,
            ContentStore store,
            Clock clock,
            Consumer<TrainerRun> listener) {
        Topics topics = settings.topics();
        RequiredTopics.check(
                settings.clientConfig(),
                List.of(
                        topics.events(),
                        topics.labels(),
                        topics.deadLetters(),
                        topics.examples(),
                        topics.runs(),
                        topics.models(),
                        topics.modelBlobs(),
                        topics.modelStatus()));
        TrainerService service = new TrainerService(new Clients(settings), parts, store, clock, listener);
        service.thread.start();
        return service;
    }

    /** Done with the reason when the service cannot go on; then it should be closed. */
    public CompletableFuture<Throwable> failure() {
        return failure.copy();
    }

    /** Whether this instance is the one that trains. */
    public boolean leads() {
        return leads;
    }

    private void run() {
        try {
            int troubles = 0;
            while (closing.getCount() > 0) {
                try {
                    turn();
                    troubles = 0;
                } catch (WakeupException e) {
                    LOG.debug("woken, to close", e);
                } catch (KafkaException e) {
                    if (++troubles > MOST_TROUBLES) {
                        throw e;
                    }
                    LOG.atWarn().setCause(e).log("the trainer begins anew");
                    stepDown();
                    membership.rejoin(); // perhaps another one leads now
                    awaitRetry();
                }
            }
        } catch (Throwable e) {
            failure.complete(e);
        } finally {
            stepDown();
            membership.close();
        }
    }

    private void turn() {
        boolean isBusy = leader.isPresent() && leader.get().isBusy();
        Optional<RunLog> runs = membership.poll(isBusy ? Duration.ZERO : TURN);
        if (runs.isEmpty()) {
            return;
        }
        if (leader.isEmpty()) {
            leader = Optional.of(Leader.open(clients, parts, store, clock, listener, runs.get()));
            leads = true;
            LOG.atInfo()
                    .addKeyValue("instance", clients.settings().instanceId())
                    .log("this instance trains");
        }
        leader.get().step();
    }

    /** Another instance may lead from here on, so everything must have ended when this returns. */
    private void stepDown() {
        leads = false;
        Optional<Leader> former = leader;
        leader = Optional.empty();
        former.ifPresent(Leader::close);
    }

    private void awaitRetry() throws InterruptedException {
        closing.await(clients.settings().modelRetry().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Calls off a run, leaves the group, and waits for both. */
    @Override
    public void close() {
        closing.countDown();
        membership.wakeup();
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
