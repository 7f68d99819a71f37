package io.lexstream.inference;

import static io.lexstream.inference.EngineUnderTest.label;
import static io.lexstream.inference.EngineUnderTest.results;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.runtime.InferenceException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchEngineQueueTest {
    private static final BatchSettings QUEUE_OF_TWO = new BatchSettings(1, 100, 10_000, 1024, 2);

    @Test
    void aFullQueueTakesNoOffer() throws Exception {
        try (var under = new EngineUnderTest(QUEUE_OF_TWO)) {
            under.hold("one");
            assertThat(under.offer("two")).isPresent();

            assertThat(under.offer("three")).isEmpty();
            assertThat(under.engine.queued()).isEqualTo(2);
        }
    }

    @Test
    void aFullQueueBlocksWhoSubmitsUntilAWorkerTakesSome() throws Exception {
        try (var under = new EngineUnderTest(QUEUE_OF_TWO)) {
            under.hold("one", "two");
            FutureTask<CompletableFuture<Map<String, TaskResult>>> submitting =
                    new FutureTask<>(() -> under.submit("three"));
            awaitBlocked(start(submitting));

            under.release();

            assertThat(label(submitting.get(), "spam")).isEqualTo("spam:three");
        }
    }

    @Test
    void whoIsInterruptedWhileBlockedHasSubmittedNothing() throws Exception {
        try (var under = new EngineUnderTest(QUEUE_OF_TWO)) {
            under.hold("one", "two");
            FutureTask<CompletableFuture<Map<String, TaskResult>>> submitting =
                    new FutureTask<>(() -> under.submit("three"));
            Thread blocked = start(submitting);
            awaitBlocked(blocked);

            blocked.interrupt();

            assertThatThrownBy(submitting::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(under.engine.queued()).isEqualTo(2);
        }
    }

    @Test
    void closingFailsWhatWaitsAndFreesWhoIsBlocked() throws Exception {
        try (var under = new EngineUnderTest(QUEUE_OF_TWO)) {
            under.hold("one", "two");
            FutureTask<CompletableFuture<Map<String, TaskResult>>> submitting =
                    new FutureTask<>(() -> under.submit("three"));
            awaitBlocked(start(submitting));

            Thread closing = start(new FutureTask<>(under.engine::close, true));

            assertClosed(under.held().get(1));
            assertClosed(under.held().get(2));
            assertThatThrownBy(submitting::get)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the engine is closed");
            assertThat(closing.isAlive()).isTrue();
            under.release();
            closing.join();
            assertThat(label(under.held().get(0), "spam")).startsWith("spam:");
        }
    }

    @Test
    void closingEndsTheRunningBatchAndFailsTheRestOfItsWindow() throws Exception {
        Gate firstBatch = new Gate();
        try (var under = new EngineUnderTest(EngineUnderTest.oneWorker())) {
            under.spam.beforeRun(batch -> {
                if (batch.texts().contains("first")) {
                    firstBatch.pass();
                }
            });
            var futures = under.submitTogether("first", "s".repeat(900));
            firstBatch.awaitReached();
            var waiting = under.submit("waiting");

            Thread closing = start(new FutureTask<>(under.engine::close, true));
            assertClosed(waiting);
            firstBatch.open();
            closing.join();

            assertThat(label(futures.get(0), "spam")).isEqualTo("spam:first");
            assertClosed(futures.get(1));
        }
    }

    @Test
    void aClosedEngineTakesNothingAndCanBeClosedAgain() {
        var under = new EngineUnderTest(QUEUE_OF_TWO);
        under.engine.close();

        assertThatIllegalStateException().isThrownBy(() -> under.submit("late")).withMessage("the engine is closed");
        assertThatIllegalStateException().isThrownBy(() -> under.offer("late"));
        under.close();
    }

    @Test
    void closingWaitsForTheWorkersEvenWhenInterrupted() throws Exception {
        try (var under = new EngineUnderTest(QUEUE_OF_TWO)) {
            under.hold();
            FutureTask<Boolean> closing = new FutureTask<>(() -> {
                under.engine.close();
                return Thread.currentThread().isInterrupted();
            });
            Thread closer = start(closing);
            awaitBlocked(closer);

            closer.interrupt();
            under.release();

            assertThat(closing.get()).isTrue();
            assertThat(under.held().get(0)).isDone();
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "blocked");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitBlocked(Thread thread) {
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    private static void assertClosed(CompletableFuture<Map<String, TaskResult>> future) {
        assertThatThrownBy(() -> results(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("closed");
    }
}
