package io.lexstream.inference;

import static io.lexstream.inference.EngineUnderTest.batches;
import static io.lexstream.inference.EngineUnderTest.label;
import static io.lexstream.inference.EngineUnderTest.oneWorker;
import static io.lexstream.inference.EngineUnderTest.result;
import static io.lexstream.inference.EngineUnderTest.results;
import static io.lexstream.inference.FakeModel.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchEngineTest {
    @Test
    void aLoneTextGoesAtOnce() throws Exception {
        try (var under = new EngineUnderTest(BatchSettings.forCpu(2))) {
            CompletableFuture<Map<String, TaskResult>> future = under.submit("alone");

            assertThat(label(future, "sentiment")).isEqualTo("sentiment:alone");
            assertThat(batches(under.sentiment)).containsExactly(List.of("alone"));
        }
    }

    @Test
    void everyTaskAnswersInTheOrderOfTheSlotsWithItsVersion() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            var future = under.submit("hello");

            assertThat(results(future).keySet()).containsExactly("sentiment", "spam");
            assertThat(result(future, "sentiment").model()).isEqualTo(version("sentiment", "1"));
            assertThat(result(future, "spam").model()).isEqualTo(version("spam", "1"));
            assertThat(result(future, "spam")).isInstanceOfSatisfying(TaskResult.Success.class, success -> {
                assertThat(success.queued()).isGreaterThanOrEqualTo(Duration.ZERO);
                assertThat(success.inference()).isPositive();
            });
        }
    }

    @Test
    void windowsAreFilledFirstComeFirstServed() throws Exception {
        try (var under = new EngineUnderTest(new BatchSettings(1, 3, 10_000, 1024, 100))) {
            var futures = under.submitTogether("c1", "a2", "b3", "e4", "d5", "f6", "g7");

            assertThat(label(futures.get(6), "spam")).isEqualTo("spam:g7");
            assertThat(batches(under.spam))
                    .containsExactly(List.of("c1", "a2", "b3"), List.of("e4", "d5", "f6"), List.of("g7"));
        }
    }

    @Test
    void aWindowIsSortedByLengthAndCutByTheBudget() throws Exception {
        String longText = "a".repeat(700);
        String longerText = "b".repeat(2000);
        try (var under = new EngineUnderTest(oneWorker())) {
            var futures = under.submitTogether(longerText, "short", longText, "tiny");

            assertThat(label(futures.get(0), "spam")).isEqualTo("spam:" + longerText);
            assertThat(label(futures.get(1), "spam")).isEqualTo("spam:short");
            assertThat(batches(under.sentiment))
                    .containsExactly(List.of("tiny", "short"), List.of(longText), List.of(longerText));
        }
    }

    @Test
    void noBatchIsOverTheBudgetWhateverComes() throws Exception {
        RandomGenerator random = new Random(3);
        String[] texts = IntStream.range(0, 500)
                .mapToObj(i -> "x".repeat(1 + random.nextInt(1 + random.nextInt(700))))
                .toArray(String[]::new);
        try (var under = new EngineUnderTest(new BatchSettings(1, 64, 4096, 1024, 1000))) {
            for (var future : under.submitTogether(texts)) {
                results(future);
            }

            List<List<String>> batches = batches(under.sentiment);
            List<Integer> sizes = batches.stream().map(List::size).toList();
            assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(500);
            assertThat(sizes).anyMatch(size -> size >= 5);
            assertThat(batches.stream().filter(batch -> batch.size() > 1).map(BatchEngineTest::paddedTokens))
                    .allMatch(tokens -> tokens <= 1024);
        }
    }

    @Test
    void tasksShareWhatOneOfThemHasDerived() throws Exception {
        List<Integer> encoded = new ArrayList<>();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.beforeRun(batch -> encode(batch, encoded));
            under.spam.beforeRun(batch -> encode(batch, encoded));

            for (var future : under.submitTogether("ab", "cd", "e".repeat(900))) {
                results(future);
            }

            assertThat(encoded).containsExactly(1, 2, 1);
            assertThat(under.sentiment.tokenised).hasValue(4);
        }
    }

    @Test
    void cancelledTextsAreNotRun() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.hold();
            var kept = under.submit("kept");
            var cancelled = under.submit("cancelled");

            cancelled.cancel(false);
            under.release();

            assertThat(label(kept, "spam")).isEqualTo("spam:kept");
            assertThat(batches(under.sentiment)).containsExactly(List.of("kept"));
        }
    }

    @Test
    void aTextCancelledBeforeItsBatchIsNotRun() throws Exception {
        Gate firstBatch = new Gate();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> {
                if (batch.texts().contains("first")) {
                    firstBatch.pass();
                }
            });
            var futures = under.submitTogether("first", "s".repeat(900), "t".repeat(1000));

            firstBatch.awaitReached();
            futures.get(1).cancel(false);
            firstBatch.open();

            assertThat(label(futures.get(2), "spam")).isEqualTo("spam:" + "t".repeat(1000));
            assertThat(batches(under.sentiment)).containsExactly(List.of("first"), List.of("t".repeat(1000)));
        }
    }

    @Test
    void aTextIsAnsweredWithItsBatchAndNotAtTheEndOfTheWindow() throws Exception {
        Gate secondBatch = new Gate();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.beforeRun(batch -> {
                if (!batch.texts().contains("first")
                        && batch.size() == 1
                        && batch.texts().get(0).startsWith("s")) {
                    secondBatch.pass();
                }
            });
            var futures = under.submitTogether("first", "s".repeat(900));

            secondBatch.awaitReached();

            assertThat(label(futures.get(0), "spam")).isEqualTo("spam:first");
            assertThat(futures.get(1)).isNotDone();
            secondBatch.open();
        }
    }

    @Test
    void aWindowKeepsItsVersionsAndTheOldOnesCloseAfterIt() throws Exception {
        Gate firstBatch = new Gate();
        FakeModel next = new FakeModel("next");
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.beforeRun(batch -> {
                if (batch.texts().contains("first")) {
                    firstBatch.pass();
                }
            });
            var futures = under.submitTogether("first", "s".repeat(900));

            firstBatch.awaitReached();
            under.spamSlot.swap(version("spam", "2"), next);
            var later = under.submit("later");

            assertThat(under.spam.closed).isFalse();
            firstBatch.open();
            assertThat(label(futures.get(1), "spam")).startsWith("spam:s");
            assertThat(result(futures.get(0), "spam").model()).isEqualTo(version("spam", "1"));
            assertThat(label(later, "spam")).isEqualTo("next:later");
            assertThat(result(later, "spam").model()).isEqualTo(version("spam", "2"));
            assertThat(under.spam.closed).isTrue();
        }
    }

    @Test
    void theObserverHearsOfWindowsAndBatches() throws Exception {
        RecordingObserver observer = new RecordingObserver();
        try (var under = new EngineUnderTest(oneWorker(), observer)) {
            results(under.submitTogether("four", "fives", "s".repeat(900)).get(2));
        }

        assertThat(observer.heard)
                .containsExactly(
                        "window of 1",
                        "sentiment ran 1 texts, 4 tokens, 4 padded",
                        "spam ran 1 texts, 4 tokens, 4 padded",
                        "window of 3",
                        "sentiment ran 2 texts, 9 tokens, 10 padded",
                        "spam ran 2 texts, 9 tokens, 10 padded",
                        "sentiment ran 1 texts, 900 tokens, 900 padded",
                        "spam ran 1 texts, 900 tokens, 900 padded");
    }

    @Test
    void severalWorkersRunAtTheSameTimeUnderTheirNames() throws Exception {
        Gate one = new Gate();
        Gate other = new Gate();
        Set<String> names = new ConcurrentSkipListSet<>();
        try (var under = new EngineUnderTest(new BatchSettings(2, 100, 10_000, 1024, 100))) {
            under.sentiment.beforeRun(batch -> {
                names.add(Thread.currentThread().getName());
                (batch.texts().contains("one") ? one : other).pass();
            });

            var first = under.submit("one");
            one.awaitReached();
            var second = under.submit("other");
            other.awaitReached();

            assertThat(names).containsExactly("inference-0", "inference-1");
            one.open();
            other.open();
            results(first);
            results(second);
        }
    }

    @Test
    void anAnsweredTextIsNotKept() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.withoutRecording();
            under.spam.withoutRecording();

            WeakReference<String> text = submitAndForget(under);

            Awaitility.await().until(() -> {
                System.gc();
                return text.refersTo(null);
            });
        }
    }

    private static WeakReference<String> submitAndForget(EngineUnderTest under) throws Exception {
        String text = new String(new char[] {'g', 'o', 'n', 'e'});
        assertThat(label(under.submit(text), "spam")).isEqualTo("spam:gone");
        return new WeakReference<>(text);
    }

    @Test
    void anEngineNeedsATask() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchEngine(oneWorker(), Map.of(), EngineObserver.NONE).close());
    }

    private static void encode(TextBatch batch, List<Integer> encoded) {
        batch.derive("encoder", texts -> {
            encoded.add(texts.size());
            return texts.texts();
        });
    }

    private static long paddedTokens(List<String> batch) {
        return (long) batch.size()
                * batch.stream().mapToInt(String::length).max().orElse(0);
    }
}
