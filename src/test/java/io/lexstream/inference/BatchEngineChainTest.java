package io.lexstream.inference;

import static io.lexstream.inference.EngineUnderTest.batches;
import static io.lexstream.inference.EngineUnderTest.label;
import static io.lexstream.inference.EngineUnderTest.oneWorker;
import static io.lexstream.inference.EngineUnderTest.result;
import static io.lexstream.inference.EngineUnderTest.results;
import static io.lexstream.inference.FakeModel.failingOn;
import static io.lexstream.inference.FakeModel.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that take several steps. */
@Timeout(60)
class BatchEngineChainTest {
    @Test
    void aStepThatEndsDecidesWhatComesNext() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            var future = under.engine.submit(spamThenShoutedSentiment("hello"));

            assertThat(label(future, "spam")).isEqualTo("spam:hello");
            assertThat(label(future, "sentiment")).isEqualTo("sentiment:HELLO");
            assertThat(result(future, "sentiment").model()).isEqualTo(version("sentiment", "1"));
            assertThat(under.spam.batches).containsExactly(List.of("hello"));
            assertThat(under.sentiment.batches).containsExactly(List.of("HELLO"));
        }
    }

    @Test
    void whatAChainDoesNotNameIsNotRun() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            assertThat(results(under.engine.submit(results -> List.of(step("hello", "spam"))))
                            .keySet())
                    .containsExactly("spam");

            assertThat(under.sentiment.batches).isEmpty();
        }
    }

    @Test
    void aChainThatNamesNothingHasEnded() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            assertThat(results(under.engine.submit(results -> List.of()))).isEmpty();
        }
    }

    @Test
    void aTaskThatIsNamedAgainIsRunOnce() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            var future = under.engine.submit(results -> List.of(step("hello", "spam"), step("HELLO", "sentiment")));

            assertThat(label(future, "spam")).isEqualTo("spam:hello");
            assertThat(label(future, "sentiment")).isEqualTo("sentiment:HELLO");
            assertThat(under.spam.batches).hasSize(1);
            assertThat(under.sentiment.batches).hasSize(1);
        }
    }

    @Test
    void whatHasBegunGoesBeforeWhatWaits() throws Exception {
        try (var under = new EngineUnderTest(new BatchSettings(1, 1, 10_000, 1024, 100))) {
            under.hold();
            var begun = under.engine.submit(spamThenShoutedSentiment("begun"));
            var later = under.submit("later");
            under.release();

            assertThat(label(later, "spam")).isEqualTo("spam:later");
            assertThat(begun).isCompleted();
            assertThat(batches(under.sentiment)).containsExactly(List.of("BEGUN"), List.of("later"));
        }
    }

    @Test
    void eventsAtTheSameStepShareABatchAndOthersDoNot() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.hold();
            var a = under.engine.submit(spamThenShoutedSentiment("aa"));
            var plain = under.submit("pp");
            var b = under.engine.submit(spamThenShoutedSentiment("bb"));
            under.release();

            assertThat(label(a, "sentiment")).isEqualTo("sentiment:AA");
            assertThat(label(b, "sentiment")).isEqualTo("sentiment:BB");
            assertThat(label(plain, "sentiment")).isEqualTo("sentiment:pp");
            assertThat(batches(under.spam)).containsExactly(List.of("aa", "bb"), List.of("pp"));
            assertThat(batches(under.sentiment)).containsExactlyInAnyOrder(List.of("pp"), List.of("AA", "BB"));
        }
    }

    @Test
    void aLaterStepOnTheSameTextReadsWhatTheFirstHasDerived() throws Exception {
        List<List<String>> encoded = new ArrayList<>();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> encode(batch, encoded));
            under.sentiment.beforeRun(batch -> encode(batch, encoded));

            results(under.engine.submit(results ->
                    results.containsKey("spam") ? List.of(step("same", "sentiment")) : List.of(step("same", "spam"))));
            results(under.engine.submit(spamThenShoutedSentiment("other")));

            assertThat(encoded).containsExactly(List.of("same"), List.of("other"), List.of("OTHER"));
        }
    }

    @Test
    void aFullQueueDoesNotStopWhatHasBegun() throws Exception {
        try (var under = new EngineUnderTest(new BatchSettings(2, 4, 10_000, 64, 1))) {
            List<CompletableFuture<Map<String, TaskResult>>> futures = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                futures.add(under.engine.submit(spamThenShoutedSentiment("text " + i)));
            }

            for (int i = 0; i < futures.size(); i++) {
                assertThat(label(futures.get(i), "spam")).isEqualTo("spam:text " + i);
                assertThat(label(futures.get(i), "sentiment")).isEqualTo("sentiment:TEXT " + i);
            }
        }
    }

    @Test
    void aStepThatFailsOnItsTextDoesNotEndTheEvent() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(failingOn("bad"));
            under.hold();
            var bad = under.engine.submit(spamThenShoutedSentiment("bad"));
            var good = under.engine.submit(spamThenShoutedSentiment("good"));
            under.release();

            assertThat(label(bad, "spam")).isEqualTo("failed");
            assertThat(label(bad, "sentiment")).isEqualTo("sentiment:BAD");
            assertThat(label(good, "spam")).isEqualTo("spam:good");
        }
    }

    @Test
    void aModelThatIsBrokenInALaterStepFailsTheEvent() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.beforeRun(batch -> {
                throw new InferenceException("no memory on the device");
            });

            assertThatThrownBy(() -> results(under.engine.submit(spamThenShoutedSentiment("hello"))))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("sentiment@1");
            assertThat(results(under.engine.submit(results -> List.of(step("again", "spam")))))
                    .containsOnlyKeys("spam");
        }
    }

    @Test
    void aTaskThatTheEngineDoesNotHaveFailsTheEvent() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            assertThatThrownBy(() -> results(under.engine.submit(results -> List.of(step("hello", "intent")))))
                    .hasCauseInstanceOf(InferenceException.class)
                    .hasMessageContaining("intent");
        }
    }

    @Test
    void aChainThatThrowsFailsItsEventAndNoOther() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.hold();
            var broken = under.engine.submit(results -> {
                if (results.isEmpty()) {
                    return List.of(step("broken", "spam"));
                }
                throw new IllegalStateException("planted");
            });
            var sound = under.engine.submit(spamThenShoutedSentiment("sound"));
            under.release();

            assertThatThrownBy(() -> results(broken))
                    .cause()
                    .isInstanceOf(InferenceException.class)
                    .hasRootCauseMessage("planted");
            assertThat(label(sound, "sentiment")).isEqualTo("sentiment:SOUND");
        }
    }

    @Test
    void aCancelledEventGoesNoFurther() throws Exception {
        Gate firstStep = new Gate();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> {
                if (batch.texts().contains("cancelled")) {
                    firstStep.pass();
                }
            });
            var cancelled = under.engine.submit(spamThenShoutedSentiment("cancelled"));
            firstStep.awaitReached();

            cancelled.cancel(false);
            firstStep.open();

            results(under.submit("next"));
            assertThat(batches(under.sentiment)).containsExactly(List.of("next"));
        }
    }

    @Test
    void closingFailsAnEventBetweenItsSteps() throws Exception {
        Gate firstStep = new Gate();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> firstStep.pass());
            var future = under.engine.submit(spamThenShoutedSentiment("hello"));
            firstStep.awaitReached();
            var waiting = under.engine.submit(spamThenShoutedSentiment("waiting"));

            Thread closing = new Thread(under.engine::close, "closing");
            closing.start();
            assertThatThrownBy(() -> results(waiting)).hasMessageContaining("closed");
            firstStep.open();
            closing.join();

            assertThatThrownBy(() -> results(future))
                    .hasCauseInstanceOf(InferenceException.class)
                    .hasMessageContaining("closed");
            assertThat(under.sentiment.batches).isEmpty();
        }
    }

    @Test
    void aModelOnTrialReadsTheStepThatNamesIt() throws Exception {
        FakeModel challenger = new FakeModel("challenger");
        try (var slot = new ModelSlot("spam");
                var trialSlot = new ModelSlot("spam")) {
            slot.swap(version("spam", "1"), new FakeModel("champion"));
            trialSlot.swap(version("spam", "2"), challenger);
            try (var engine = new BatchEngine(
                    oneWorker(), Map.of("spam", slot), Map.of("spam@trial", trialSlot), EngineObserver.NONE)) {
                var future = engine.submit(results -> List.of(new Step("hello", Set.of("spam"), Set.of("spam@trial"))));

                assertThat(label(future, "spam")).isEqualTo("champion:hello");
                assertThat(label(future, "spam@trial")).isEqualTo("challenger:hello");
            }
        }
    }

    private static Chain spamThenShoutedSentiment(String text) {
        return results -> List.of(
                results.containsKey("spam") ? step(text.toUpperCase(Locale.ROOT), "sentiment") : step(text, "spam"));
    }

    private static Step step(String text, String task) {
        return new Step(text, Set.of(task), Set.of());
    }

    private static void encode(TextBatch batch, List<List<String>> encoded) {
        batch.derive("encoder", texts -> {
            encoded.add(texts.texts());
            return texts.texts();
        });
    }
}
