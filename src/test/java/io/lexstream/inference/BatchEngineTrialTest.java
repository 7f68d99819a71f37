package io.lexstream.inference;

import static io.lexstream.inference.EngineUnderTest.label;
import static io.lexstream.inference.EngineUnderTest.oneWorker;
import static io.lexstream.inference.EngineUnderTest.result;
import static io.lexstream.inference.EngineUnderTest.results;
import static io.lexstream.inference.FakeModel.failingOn;
import static io.lexstream.inference.FakeModel.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models on trial beside the tasks' own. */
@Timeout(60)
class BatchEngineTrialTest {
    private static final Set<String> TRIAL = Set.of("spam@trial");

    private final FakeModel champion = new FakeModel("champion");
    private final FakeModel challenger = new FakeModel("challenger");
    private final ModelSlot slot = new ModelSlot("spam");
    private final ModelSlot trialSlot = new ModelSlot("spam");
    private final Gate gate = new Gate();
    private final RecordingObserver observer = new RecordingObserver();
    private final BatchEngine engine;

    BatchEngineTrialTest() {
        champion.beforeRun(batch -> {
            if (batch.texts().contains("held")) {
                gate.pass();
            }
        });
        slot.swap(version("spam", "1"), champion);
        engine = new BatchEngine(oneWorker(), Map.of("spam", slot), Map.of("spam@trial", trialSlot), observer);
    }

    @AfterEach
    void close() {
        gate.open();
        engine.close();
        slot.close();
        trialSlot.close();
    }

    @Test
    void onlyTextsThatAskForItGoThroughAModelOnTrial() throws Exception {
        trialSlot.swap(version("spam", "2"), challenger);

        var futures = together("a", "B", "c", "D");

        assertThat(challenger.batches).containsExactly(List.of("B", "D"));
        assertThat(champion.batches).contains(List.of("a", "B", "c", "D"));
        assertThat(results(futures.get(0)).keySet()).containsExactly("spam");
        assertThat(label(futures.get(1), "spam")).isEqualTo("champion:B");
        assertThat(label(futures.get(1), "spam@trial")).isEqualTo("challenger:B");
        assertThat(result(futures.get(3), "spam@trial").model()).isEqualTo(version("spam", "2"));
    }

    @Test
    void anEmptySlotOnTrialGivesNoResult() throws Exception {
        assertThat(results(submit("A", TRIAL)).keySet()).containsExactly("spam");

        trialSlot.swap(version("spam", "2"), challenger);
        trialSlot.empty();

        assertThat(challenger.closed).isTrue();
        assertThat(results(submit("A", TRIAL)).keySet()).containsExactly("spam");
    }

    @Test
    void aModelOnTrialThatIsBrokenFailsForItselfAlone() throws Exception {
        trialSlot.swap(version("spam", "2"), challenger.beforeRun(batch -> {
            throw new InferenceException("broken");
        }));

        var futures = together("a", "B", "C");

        assertThat(label(futures.get(0), "spam")).isEqualTo("champion:a");
        assertThat(label(futures.get(1), "spam")).isEqualTo("champion:B");
        assertThat(label(futures.get(1), "spam@trial")).isEqualTo("failed");
        assertThat(label(futures.get(2), "spam@trial")).isEqualTo("failed");
    }

    @Test
    void aModelOnTrialThatCannotTokeniseFailsForItselfAlone() throws Exception {
        trialSlot.swap(version("spam", "2"), challenger.beforeLengths(failingOn("B")));

        var futures = together("a", "B", "C");

        assertThat(label(futures.get(1), "spam")).isEqualTo("champion:B");
        assertThat(label(futures.get(1), "spam@trial")).isEqualTo("failed");
        assertThat(label(futures.get(2), "spam@trial")).isEqualTo("challenger:C");
        assertThat(champion.batches).contains(List.of("a", "B", "C"));
    }

    @Test
    void aTextThatIsRunAloneGoesThroughTheModelOnTrialToo() throws Exception {
        trialSlot.swap(version("spam", "2"), challenger);
        champion.beforeLengths(batch -> {
            if (batch.size() > 1) {
                throw new InferenceException("only one by one");
            }
        });

        var futures = together("A", "b");

        assertThat(label(futures.get(0), "spam@trial")).isEqualTo("challenger:A");
        assertThat(results(futures.get(1)).keySet()).containsExactly("spam");
    }

    @Test
    void batchesAreReportedByTheVersionThatRan() throws Exception {
        trialSlot.swap(version("spam", "2"), challenger);

        results(submit("A", TRIAL));

        assertThat(observer.versions).containsExactly(version("spam", "1"), version("spam", "2"));
    }

    private CompletableFuture<Map<String, TaskResult>> submit(String text, Set<String> trials)
            throws InterruptedException {
        return engine.submit(engine.everyTask(text, trials));
    }

    /** Submits the texts so that they meet in one window; those in capitals ask for the trial. */
    private List<CompletableFuture<Map<String, TaskResult>>> together(String... texts) throws InterruptedException {
        Future<?> unused = engine.submit("held");
        gate.awaitReached();
        List<CompletableFuture<Map<String, TaskResult>>> futures = new ArrayList<>();
        for (String text : texts) {
            futures.add(submit(text, Character.isUpperCase(text.charAt(0)) ? TRIAL : Set.of()));
        }
        gate.open();
        futures.forEach(CompletableFuture::join);
        return futures;
    }
}
