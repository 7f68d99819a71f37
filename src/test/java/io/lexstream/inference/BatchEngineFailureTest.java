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

import io.lexstream.model.ModelVersion;
import io.lexstream.runtime.InferenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BatchEngineFailureTest {
    @Test
    void aTextThatFailsABatchFailsAlone() throws Exception {
        RecordingObserver observer = new RecordingObserver();
        try (var under = new EngineUnderTest(oneWorker(), observer)) {
            under.spam.beforeRun(failingOn("bad"));

            var futures = under.submitTogether("good", "bad", "fine");

            assertThat(label(futures.get(0), "spam")).isEqualTo("spam:good");
            assertThat(label(futures.get(2), "spam")).isEqualTo("spam:fine");
            assertThat(result(futures.get(1), "spam")).isInstanceOfSatisfying(TaskResult.Failure.class, failure -> {
                assertThat(failure.model()).isEqualTo(version("spam", "1"));
                assertThat(failure.cause()).hasMessage("cannot read it");
            });
            assertThat(label(futures.get(1), "sentiment")).isEqualTo("sentiment:bad");
            assertThat(observer.heard).containsOnlyOnce("spam failed 3 texts");
            assertThat(batches(under.sentiment)).containsExactly(List.of("bad", "good", "fine"));
        }
    }

    @Test
    void aTextThatCannotBeTokenisedFailsAlone() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.beforeLengths(failingOn("bad"));

            var futures = under.submitTogether("good", "bad", "fine");

            assertThat(label(futures.get(0), "sentiment")).isEqualTo("sentiment:good");
            assertThat(label(futures.get(1), "sentiment")).isEqualTo("failed");
            assertThat(label(futures.get(1), "spam")).isEqualTo("spam:bad");
            assertThat(label(futures.get(2), "sentiment")).isEqualTo("sentiment:fine");
        }
    }

    @Test
    void aTextThatOverflowsTheStackFailsAlone() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> {
                if (batch.texts().contains("deep")) {
                    throw new StackOverflowError();
                }
            });

            var futures = under.submitTogether("deep", "flat");

            assertThat(label(futures.get(0), "spam")).isEqualTo("failed");
            assertThat(label(futures.get(1), "spam")).isEqualTo("spam:flat");
        }
    }

    @Test
    void aTextThatFailsOnlyInCompanySucceeds() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> {
                if (batch.size() > 1) {
                    throw new IllegalStateException("too many for me");
                }
            });

            var futures = under.submitTogether("one", "two");

            assertThat(label(futures.get(0), "spam")).isEqualTo("spam:one");
            assertThat(label(futures.get(1), "spam")).isEqualTo("spam:two");
        }
    }

    @Test
    void whatAFailedRunDerivedIsNotRead() throws Exception {
        List<String> features = new ArrayList<>();
        try (var under = new EngineUnderTest(oneWorker())) {
            under.sentiment.beforeRun(batch -> {
                List<String> values =
                        batch.derive("encoder", texts -> texts.size() == 1 ? List.of("sound") : poisoned());
                if (values.contains("poisoned")) {
                    throw new InferenceException("not a number");
                }
            });
            under.spam.beforeRun(batch -> features.addAll(batch.derive("encoder", texts -> List.of("own", "own"))));

            under.submitTogether("one", "two").forEach(CompletableFuture::join);

            assertThat(features).contains("own").doesNotContain("poisoned");
        }
    }

    @Test
    void aBrokenModelFailsTheWindowAndTheWorkerLivesOn() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spam.beforeRun(batch -> {
                throw new InferenceException("no memory on the device");
            });

            var futures = under.submitTogether("one", "two", "s".repeat(900));

            for (var future : futures) {
                assertThatThrownBy(() -> results(future))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(InferenceException.class)
                        .hasMessageContaining("spam@1")
                        .hasRootCauseMessage("no memory on the device");
            }
            under.spamSlot.swap(version("spam", "2"), new FakeModel("sound"));
            assertThat(label(under.submit("again"), "spam")).isEqualTo("sound:again");
        }
    }

    /** Ways of a model to fail on everything. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    enum Fault {
        ERROR(model -> model.beforeRun(batch -> {
            throw new OutOfMemoryError("planted");
        })),
        LINKAGE_ERROR(model -> model.beforeRun(batch -> {
            throw new UnsatisfiedLinkError("planted");
        })),
        ERROR_WHILE_TOKENISING(model -> model.beforeLengths(batch -> {
            throw new OutOfMemoryError("planted");
        })),
        ALWAYS_TOO_DEEP(model -> model.beforeRun(batch -> {
            throw new StackOverflowError();
        })),
        TOO_FEW_OUTPUTS(model -> model.answering(outputs -> outputs.subList(1, outputs.size()))),
        TOO_MANY_OUTPUTS(model -> model.answering(outputs -> {
            List<TextOutput> more = new ArrayList<>(outputs);
            more.add(outputs.get(0));
            return more;
        })),
        NO_OUTPUT(model -> model.answering(Fault::nothing)),
        NULL_OUTPUTS(model -> model.answering(outputs -> {
            outputs.replaceAll(Fault::nothing);
            return outputs;
        }));

        private final Consumer<FakeModel> plant;

        Fault(Consumer<FakeModel> plant) {
            this.plant = plant;
        }

        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a model must not do
        private static <T> T nothing(Object ignored) {
            return null;
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noFutureStaysWithoutAnAnswer(Fault fault) throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            var futures = prepareBehindTheHeldText(under, fault);

            for (var future : futures) {
                assertThatThrownBy(() -> results(future)).hasCauseInstanceOf(InferenceException.class);
            }
            under.spamSlot.swap(version("spam", "2"), new FakeModel("sound"));
            assertThat(label(under.submit("again"), "spam")).isEqualTo("sound:again");
        }
    }

    private static List<CompletableFuture<Map<String, TaskResult>>> prepareBehindTheHeldText(
            EngineUnderTest under, Fault fault) throws Exception {
        FakeModel faulty = new FakeModel("faulty");
        fault.plant.accept(faulty);
        under.hold();
        under.spamSlot.swap(version("spam", "faulty"), faulty);
        var futures = List.of(under.submit("one"), under.submit("two"), under.submit("s".repeat(900)));
        under.release();
        return futures;
    }

    @Test
    void theWrongCountOfLengthsFailsTheTextsOneByOne() throws Exception {
        FakeModel faulty = new FakeModel("faulty");
        try (var under = new EngineUnderTest(oneWorker())) {
            under.hold();
            under.spamSlot.swap(version("spam", "faulty"), new MiscountingModel(faulty));
            var one = under.submit("one");
            var two = under.submit("two");
            under.release();

            assertThat(label(one, "spam")).isEqualTo("faulty:one");
            assertThat(label(two, "spam")).isEqualTo("faulty:two");
            assertThat(faulty.batches).containsExactly(List.of("one"), List.of("two"));
        }
    }

    @Test
    void aTaskWithoutAModelFailsTheTextAndGivesTheOthersBack() throws Exception {
        try (var under = new EngineUnderTest(oneWorker())) {
            under.spamSlot.close();

            assertThatThrownBy(() -> results(under.submit("hello")))
                    .cause()
                    .isInstanceOf(InferenceException.class)
                    .hasMessage("task spam has no model");

            under.engine.close();
            under.sentimentSlot.close();
            assertThat(under.sentiment.closed).isTrue();
        }
    }

    @Test
    void aReplacedModelThatDoesNotCloseHurtsNoTextAndNoOtherModel() throws Exception {
        FakeModel old = new FakeModel("old");
        try (var under = new EngineUnderTest(oneWorker())) {
            old.answering(outputs -> {
                under.sentimentSlot.swap(version("sentiment", "3"), new FakeModel("sound"));
                old.closed.set(true); // the engine's closing is the second one, and fails
                return outputs;
            });
            under.sentimentSlot.swap(version("sentiment", "2"), old);

            assertThat(label(under.submit("one"), "sentiment")).isEqualTo("old:one");
            assertThat(label(under.submit("two"), "sentiment")).isEqualTo("sound:two");

            under.engine.close();
            under.spamSlot.close();
            assertThat(under.spam.closed).isTrue();
        }
    }

    @Test
    void anObserverThatThrowsHurtsNoText() throws Exception {
        EngineObserver throwing = new EngineObserver() {
            @Override
            public void windowStarted(int texts, Duration queued, Duration tokenising) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void batchRan(ModelVersion model, int texts, int tokens, int paddedTokens, Duration inference) {
                throw new OutOfMemoryError("planted");
            }

            @Override
            public void batchFailed(ModelVersion model, int texts) {
                throw new IllegalStateException("planted");
            }
        };
        try (var under = new EngineUnderTest(oneWorker(), throwing)) {
            under.spam.beforeRun(failingOn("bad"));

            var futures = under.submitTogether("bad", "good");

            assertThat(label(futures.get(0), "spam")).isEqualTo("failed");
            assertThat(label(futures.get(1), "spam")).isEqualTo("spam:good");
        }
    }

    private static List<String> poisoned() {
        return List.of("poisoned", "poisoned");
    }

    /** Counts the texts of a batch wrong as soon as there are two. */
    private record MiscountingModel(FakeModel model) implements TextModel {
        @Override
        public int[] lengths(TextBatch texts) {
            return texts.size() == 1 ? model.lengths(texts) : new int[texts.size() + 1];
        }

        @Override
        public List<? extends TextOutput> run(TextBatch texts) {
            return model.run(texts);
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
