package io.lexstream.inference;

import static io.lexstream.inference.EngineUnderTest.result;
import static io.lexstream.inference.EngineUnderTest.results;
import static io.lexstream.inference.FakeModel.failingOn;
import static io.lexstream.inference.FakeModel.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchEngineLoadTest {
    private static final int SENDERS = 8;
    private static final int TEXTS_PER_SENDER = 1_250;
    private static final String BAD_TEXT = text(5, 700);

    @Test
    void everyTextIsAnsweredForItselfWhileModelsChange() throws Exception {
        List<FakeModel> models = new ArrayList<>();
        AtomicBoolean sending = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS + 1);
        try (var under = new EngineUnderTest(new BatchSettings(4, 64, 2_000, 256, 200))) {
            models.add(swapIn(under.spamSlot, "v0"));
            Future<?> swapper = threads.submit(() -> {
                for (int i = 1; sending.get(); i++) {
                    models.add(swapIn(under.spamSlot, "v" + i));
                }
            });
            List<Future<List<Sent>>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.add(threads.submit(send(under.engine, sender)));
            }

            List<Sent> sent = new ArrayList<>();
            for (Future<List<Sent>> sender : senders) {
                sent.addAll(sender.get());
            }
            for (Sent text : sent) {
                assertAnswered(text);
            }

            sending.set(false);
            swapper.get();
            assertThat(sent).hasSize(SENDERS * TEXTS_PER_SENDER);
            assertThat(models).hasSizeGreaterThan(10);
        } finally {
            threads.shutdownNow();
        }
        assertThat(models).allMatch(model -> model.closed.get());
    }

    @Test
    void closingUnderLoadLeavesNoTextWithoutAnAnswer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        CountDownLatch flowing = new CountDownLatch(500);
        List<Future<List<CompletableFuture<Map<String, TaskResult>>>>> senders = new ArrayList<>();
        try (var under = new EngineUnderTest(new BatchSettings(2, 32, 2_000, 256, 100))) {
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.add(threads.submit(() -> sendUntilClosed(under.engine, flowing)));
            }
            flowing.await();

            under.engine.close();

            int answered = 0;
            for (var sender : senders) {
                for (CompletableFuture<Map<String, TaskResult>> future : sender.get()) {
                    assertThat(future).isDone();
                    if (future.isCompletedExceptionally()) {
                        assertThatThrownBy(() -> results(future)).hasCauseInstanceOf(InferenceException.class);
                    } else {
                        answered++;
                    }
                }
            }
            assertThat(answered).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    /** A text and the future of its results. */
    private record Sent(String text, CompletableFuture<Map<String, TaskResult>> future) {}

    private static FakeModel swapIn(ModelSlot slot, String version) {
        FakeModel model = new FakeModel(version).withoutRecording().beforeRun(failingOn(BAD_TEXT));
        slot.swap(version("spam", version), model);
        return model;
    }

    private static Callable<List<Sent>> send(BatchEngine engine, int sender) {
        return () -> {
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < TEXTS_PER_SENDER; i++) {
                String text = text(sender, i);
                sent.add(new Sent(text, engine.submit(text)));
            }
            return sent;
        };
    }

    private static String text(int sender, int number) {
        return "text " + number + " of sender " + sender + " ".repeat(number % 100);
    }

    private static List<CompletableFuture<Map<String, TaskResult>>> sendUntilClosed(
            BatchEngine engine, CountDownLatch flowing) throws InterruptedException {
        List<CompletableFuture<Map<String, TaskResult>>> futures = new ArrayList<>();
        while (true) {
            try {
                futures.add(engine.submit("text " + futures.size()));
                flowing.countDown();
            } catch (IllegalStateException closed) {
                return futures;
            }
        }
    }

    private static void assertAnswered(Sent sent) throws Exception {
        assertLabel(result(sent.future(), "sentiment"), "sentiment:" + sent.text());
        TaskResult spam = result(sent.future(), "spam");
        if (sent.text().equals(BAD_TEXT)) {
            assertThat(spam).isInstanceOf(TaskResult.Failure.class);
        } else {
            assertLabel(spam, spam.model().version() + ":" + sent.text());
        }
    }

    private static void assertLabel(TaskResult result, String label) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        TaskResult.Success.class,
                        success -> assertThat(success.output()).isEqualTo(FakeModel.labelled(label)));
    }
}
