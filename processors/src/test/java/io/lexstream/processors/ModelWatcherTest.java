package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.Refusal;
import io.lexstream.model.Rejection;
import io.lexstream.model.TrialLimits;
import io.lexstream.processors.ModelWatcher.Places;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.schemas.TrustedRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWatcherTest {
    private final FakeSource source = new FakeSource();
    private final Map<String, ModelSlot> slots = new LinkedHashMap<>();
    private final List<ModelStatus> statuses = new CopyOnWriteArrayList<>();
    private final List<Throwable> deaths = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProcessorMetrics metrics = new ProcessorMetrics(meters, 1024);
    private final Trials trials = new Trials(List.of("sentiment", "spam"), metrics);
    private final Profiles profiles = new Profiles();
    private final List<ModelWatcher> started = new ArrayList<>();

    ModelWatcherTest() {
        TrustedRecords.allow(); // as the serde does, which is not used here
        slots.put("sentiment", new ModelSlot("sentiment"));
        slots.put("spam", new ModelSlot("spam"));
    }

    @AfterEach
    void close() {
        started.forEach(ModelWatcher::close);
        slots.values().forEach(ModelSlot::close);
        trials.close();
    }

    @Test
    void championsServeBeforeStreamsMayStart() {
        source.existing.add(deployment("sentiment", "3"));
        source.existing.add(deployment("spam", "1"));

        ModelWatcher watcher = start();

        assertThat(watcher.everyTaskServed()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(serving("sentiment")).isEqualTo("3");
        assertThat(serving("spam")).isEqualTo("1");
        assertThat(watcher.waitingFor()).isEmpty();
        assertThat(statuses)
                .extracting(ModelStatus::getState, ModelStatus::getServing, ModelStatus::getInstance)
                .containsExactly(tuple(ModelState.SERVING, "3", "me"), tuple(ModelState.SERVING, "1", "me"));
    }

    @Test
    void aTaskWithoutDeploymentIsWaitedFor() {
        source.existing.add(deployment("sentiment", "3"));
        ModelWatcher watcher = start();
        await().until(() -> watcher.waitingFor().equals(List.of("spam")));
        assertThat(watcher.everyTaskServed()).isNotDone();

        source.arrive(deployment("spam", "1"));

        assertThat(watcher.everyTaskServed()).succeedsWithin(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"digest of graph.onnx is wrong", "a chunk is missing", "3 labels, 2 logits", "golden case failed"
            })
    void aRefusedVersionLeavesTheOldOneServing(String reason) {
        serveFirstVersions();
        FakeModel old = source.model("spam@1");
        source.rejected.put("spam@2", reason);

        source.arrive(deployment("spam", "2"));

        await().until(() -> !ofState(ModelState.REFUSED).isEmpty());
        ModelStatus status = ofState(ModelState.REFUSED).get(0);
        assertThat(status.getTask()).isEqualTo("spam");
        assertThat(status.getReason()).isEqualTo(reason);
        assertThat(status.getModel().getVersion()).isEqualTo("2");
        assertThat(status.getModel().getDigest()).isEqualTo("digest-2");
        assertThat(status.getServing()).isEqualTo("1");
        assertThat(serving("spam")).isEqualTo("1");
        assertThat(old.closed()).isFalse();
        assertThat(meters.get("lexstream.model.refused")
                        .tags("task", "spam", "reason", "broken")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anAcceptedVersionReplacesTheOldOneAndARollbackBringsItBack() {
        serveFirstVersions();
        FakeModel old = source.model("spam@1");

        source.arrive(deployment("spam", "2"));
        await().until(() -> serving("spam").equals("2"));
        assertThat(old.closed()).isTrue();
        source.arrive(deployment("spam", "1"));

        await().until(() -> serving("spam").equals("1"));
        await().until(() ->
                meters.find("lexstream.model.info").tag("task", "spam").gauges().size() == 1);
        assertThat(meters.get("lexstream.model.info")
                        .tags("task", "spam", "version", "1")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void aVersionThatWasRefusedIsTriedAgainWhenItIsDeployedAgain() {
        serveFirstVersions();
        source.rejected.put("spam@2", "a chunk is missing");
        source.arrive(deployment("spam", "2"));
        await().until(() -> !ofState(ModelState.REFUSED).isEmpty());

        source.rejected.clear();
        source.arrive(deployment("spam", "2"));

        await().until(() -> serving("spam").equals("2"));
    }

    @Test
    void aNewerDeploymentThatComesWhileAVersionOpensWins() throws InterruptedException {
        serveFirstVersions();
        CountDownLatch opening = source.holdOpening("spam@2");
        source.arrive(deployment("spam", "2"));
        assertThat(source.openingHeld.await(5, TimeUnit.SECONDS)).isTrue();

        source.arrive(deployment("spam", "3"));
        source.arrive(deployment("spam", "4"));
        opening.countDown();

        await().until(() -> serving("spam").equals("4"));
        assertThat(source.model("spam@2").closed()).isTrue();
        assertThat(source.models).doesNotContainKey("spam@3");
    }

    @Test
    void aProcessThatStartsUnderABadChampionTakesTheOneBefore() {
        source.existing.add(deployment("sentiment", "3"));
        source.existing.add(deployment("spam", "9", "8", "7"));
        source.rejected.put("spam@9", "NaN");
        source.rejected.put("spam@8", "a chunk is missing");

        ModelWatcher watcher = start();

        assertThat(watcher.everyTaskServed()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(serving("spam")).isEqualTo("7");
        assertThat(ofState(ModelState.REFUSED))
                .extracting(status -> status.getModel().getVersion())
                .containsExactly("9", "8");
    }

    @Test
    void aRecordThatDoesNotCountIsReportedAndWhatServesStillDoes() {
        serveFirstVersions();
        FakeModel old = source.model("spam@1");

        source.refuse("spam", "9", Rejection.WRONG_SIGNATURE, "deployment of spam@9 was changed since");
        source.refuse("translation", "9", Rejection.UNSIGNED, "not ours");

        await().until(() -> !ofState(ModelState.REFUSED).isEmpty());
        assertThat(ofState(ModelState.REFUSED)).singleElement().satisfies(status -> {
            assertThat(status.getTask()).isEqualTo("spam");
            assertThat(status.getModel().getVersion()).isEqualTo("9");
            assertThat(status.getModel().getDigest()).isEqualTo("digest-9");
            assertThat(status.getReason()).isEqualTo("deployment of spam@9 was changed since");
            assertThat(status.getServing()).isEqualTo("1");
        });
        assertThat(meters.get("lexstream.model.refused")
                        .tags("task", "spam", "reason", "wrong-signature")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(serving("spam")).isEqualTo("1");
        assertThat(old.closed()).isFalse();
    }

    @Test
    void aProcessThatStartsWithNothingButARefusedDeploymentSaysSo() {
        source.existing.add(deployment("sentiment", "3"));
        source.refuse("spam", "1", Rejection.REPLAYED, "deployment of spam to 1 is older than the one known");

        ModelWatcher watcher = start();

        await().until(() -> !ofState(ModelState.REFUSED).isEmpty());
        await().until(() -> watcher.waitingFor().equals(List.of("spam")));
        assertThat(watcher.everyTaskServed()).isNotDone();
        assertThat(watcher.whyWaiting())
                .containsExactly(Map.entry("spam", "deployment of spam to 1 is older than the one known"));
        assertThat(ofState(ModelState.REFUSED).get(0).getServing()).isEmpty();
    }

    @Test
    void aBrokerThatIsAwayIsWaitedForAndNothingIsForgotten() {
        source.existing.add(deployment("sentiment", "3"));
        source.existing.add(deployment("spam", "1"));
        source.failures.set(3);
        ModelWatcher watcher = start();
        assertThat(watcher.everyTaskServed()).succeedsWithin(Duration.ofSeconds(5));

        source.failedOpenings.put("spam@2", new AtomicInteger(2));
        source.arrive(deployment("spam", "2"));
        source.arrive(deployment("sentiment", "4"));

        await().until(() -> serving("sentiment").equals("4") && serving("spam").equals("2"));
        assertThat(ofState(ModelState.REFUSED)).isEmpty();
        assertThat(deaths).isEmpty();
    }

    @Test
    void anErrorIsNotSilent() {
        source.existing.add(deployment("spam", "1"));
        source.error = true;

        ModelWatcher watcher = start();

        await().until(() -> !deaths.isEmpty());
        assertThat(deaths.get(0)).isInstanceOf(OutOfMemoryError.class);
        watcher.close();
        assertThat(source.closed).isTrue();
    }

    @Test
    void deploymentsOfOtherTasksAreNotOurs() {
        serveFirstVersions();

        source.arrive(deployment("translation", "1"));
        source.arrive(deployment("spam", "2"));

        await().until(() -> serving("spam").equals("2"));
        assertThat(source.models).doesNotContainKey("translation@1");
    }

    @Test
    void aChallengerTakesTheSecondPlaceAndTheChampionIsNotOpenedAgain() {
        serveFirstVersions();
        FakeModel champion = source.model("spam@1");

        source.arrive(trial("1", "2", DeploymentMode.CANARY, 0.5));

        await().until(() -> trials.slot("spam").trial().isPresent());
        assertThat(trials.slot("spam").models().serving().orElseThrow().version())
                .isEqualTo("2");
        assertThat(serving("spam")).isEqualTo("1");
        assertThat(source.model("spam@1")).isSameAs(champion);
        await().until(() -> !ofState(ModelState.TRYING).isEmpty());
        ModelStatus status = ofState(ModelState.TRYING).get(0);
        assertThat(status.getModel().getVersion()).isEqualTo("2");
        assertThat(status.getServing()).isEqualTo("1");
        assertThat(status.getTrial()).containsEntry("results", 0.0).containsEntry("since", 1_000.0);
    }

    @Test
    void aChallengerThatIsRefusedIsReportedAndTheChampionServesOn() {
        serveFirstVersions();
        source.rejected.put("spam@2", "golden case failed");

        source.arrive(trial("1", "2", DeploymentMode.CANARY, 0.5));

        await().until(() -> !ofState(ModelState.REFUSED).isEmpty());
        ModelStatus status = ofState(ModelState.REFUSED).get(0);
        assertThat(status.getModel().getVersion()).isEqualTo("2");
        assertThat(status.getServing()).isEqualTo("1");
        assertThat(status.getReason()).isEqualTo("golden case failed");
        assertThat(status.getTrial()).containsEntry("since", 1_000.0);
        assertThat(trials.slot("spam").trial()).isEmpty();
        assertThat(source.model("spam@1").closed()).isFalse();
    }

    @Test
    void theEndOfATrialGivesTheMemoryBack() {
        serveFirstVersions();
        source.arrive(trial("1", "2", DeploymentMode.SHADOW, 0));
        await().until(() -> trials.slot("spam").trial().isPresent());

        source.arrive(deployment("spam", "1"));

        await().until(() -> source.model("spam@2").closed());
        assertThat(trials.slot("spam").trial()).isEmpty();
        assertThat(source.model("spam@1").closed()).isFalse();
        await().until(() -> statuses.get(statuses.size() - 1).getState() == ModelState.SERVING);
    }

    @Test
    void aPromotedChallengerServesAndIsOnTrialNoMore() {
        serveFirstVersions();
        source.arrive(trial("1", "2", DeploymentMode.CANARY, 0.5));
        await().until(() -> trials.slot("spam").trial().isPresent());
        FakeModel onTrial = source.model("spam@2");

        source.arrive(deployment("spam", "2", "1"));

        await().until(() -> onTrial.closed());
        assertThat(serving("spam")).isEqualTo("2");
        assertThat(source.model("spam@2").closed()).isFalse();
        assertThat(trials.slot("spam").trial()).isEmpty();
    }

    @Test
    void aTrippedTrialIsReportedOnceWithItsReasonAndItsModelClosed() {
        serveFirstVersions();
        source.arrive(trial("1", "2", DeploymentMode.CANARY, 1));
        await().until(() -> trials.slot("spam").trial().isPresent());
        Trial trial = trials.slot("spam").trial().orElseThrow();
        for (int i = 0; i < 6; i++) {
            trial.add(new Comparison(Optional.empty(), Optional.of("ham"), 0, 0));
        }

        await().until(() -> source.model("spam@2").closed());

        await().until(() -> !ofState(ModelState.TRIPPED).isEmpty());
        source.arrive(deployment("sentiment", "2"));
        await().until(() -> serving("sentiment").equals("2"));
        assertThat(ofState(ModelState.TRIPPED)).hasSize(1);
        ModelStatus status = ofState(ModelState.TRIPPED).get(0);
        assertThat(status.getReason()).contains("fails on 6 of 6 texts", "trial.max.error.ratio");
        assertThat(status.getTrial()).containsEntry("errors", 6.0);
        assertThat(status.getServing()).isEqualTo("1");
        assertThat(trials.reading(null, "any")).isEmpty();
        assertThat(meters.get("lexstream.trial.tripped")
                        .tags("task", "spam", "guard", "errors")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aTrippedChallengerThatIsDeployedAgainIsTriedAgain() {
        serveFirstVersions();
        source.arrive(trial("1", "2", DeploymentMode.CANARY, 1));
        await().until(() -> trials.slot("spam").trial().isPresent());
        for (int i = 0; i < 6; i++) {
            trials.slot("spam").trial().orElseThrow().add(new Comparison(Optional.empty(), Optional.of("ham"), 0, 0));
        }
        await().until(() -> !ofState(ModelState.TRIPPED).isEmpty());

        source.arrive(trial("1", "2", DeploymentMode.CANARY, 1));

        await().until(() -> !trials.reading(null, "any").isEmpty());
        assertThat(source.model("spam@2").closed()).isFalse();
        assertThat(trials.slot("spam").trial().orElseThrow().figures().results())
                .isZero();
    }

    @Test
    void figuresAreReportedWhenTheyHaveChanged() {
        serveFirstVersions();
        source.arrive(trial("1", "2", DeploymentMode.SHADOW, 0));
        await().until(() -> trials.slot("spam").trial().isPresent());

        trials.slot("spam")
                .trial()
                .orElseThrow()
                .add(new Comparison(Optional.of("spam"), Optional.of("ham"), 0.25, 0.5));

        await().until(() -> ofState(ModelState.TRYING).size() == 2);
        assertThat(ofState(ModelState.TRYING).get(1).getTrial())
                .containsEntry("results", 1.0)
                .containsEntry("disagreements", 1.0)
                .containsEntry("seconds", 0.25)
                .containsEntry("champion.seconds", 0.5);
    }

    @Test
    void aBrokerThatIsAwayDelaysATrialAndNothingElse() {
        serveFirstVersions();
        source.failedOpenings.put("spam@2", new AtomicInteger(2));

        source.arrive(trial("1", "2", DeploymentMode.SHADOW, 0));
        source.arrive(deployment("sentiment", "4"));

        await().until(() ->
                serving("sentiment").equals("4") && trials.slot("spam").trial().isPresent());
        assertThat(ofState(ModelState.REFUSED)).isEmpty();
    }

    @Test
    void closingEndsTheThreadAndTheSource() {
        serveFirstVersions();

        started.get(0).close();

        assertThat(source.closed).isTrue();
    }

    private void serveFirstVersions() {
        source.existing.add(deployment("sentiment", "1"));
        source.existing.add(deployment("spam", "1"));
        assertThat(start().everyTaskServed()).succeedsWithin(Duration.ofSeconds(5));
    }

    private ModelWatcher start() {
        Clock clock = Clock.systemUTC();
        ModelReport report = new ModelReport("me", metrics, statuses::add, clock);
        TrialSettings settings = new TrialSettings(new TrialLimits(10, 0.5, 1e9, 100, 0.5), Duration.ZERO);
        Places places = new Places(slots, trials, settings, profiles);
        ModelWatcher watcher = ModelWatcher.start(source, places, report, clock, Duration.ofMillis(10), deaths::add);
        started.add(watcher);
        return watcher;
    }

    private String serving(String task) {
        return Objects.requireNonNull(slots.get(task))
                .serving()
                .map(ModelVersion::version)
                .orElse("");
    }

    private List<ModelStatus> ofState(ModelState state) {
        return statuses.stream().filter(status -> status.getState() == state).toList();
    }

    private static Deployment deployment(String task, String champion, String... history) {
        return Deployment.newBuilder()
                .setTask(task)
                .setChampion(champion)
                .setHistory(List.of(history))
                .build();
    }

    private static Deployment trial(String champion, String challenger, DeploymentMode mode, double share) {
        return Deployment.newBuilder()
                .setTask("spam")
                .setChampion(champion)
                .setChallenger(challenger)
                .setMode(mode)
                .setShare(share)
                .setUpdatedAt(Instant.ofEpochMilli(1_000))
                .build();
    }

    /** Deployments from a queue; models that can be told to be bad, or out of reach. */
    private static final class FakeSource implements ModelSource {
        private final List<Deployment> existing = new CopyOnWriteArrayList<>();
        private final BlockingQueue<Deployment> arriving = new LinkedBlockingQueue<>();
        private final Map<String, FakeModel> models = new ConcurrentHashMap<>();
        private final Map<String, String> rejected = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> failedOpenings = new ConcurrentHashMap<>();
        private final Map<String, CountDownLatch> held = new HashMap<>();
        private final CountDownLatch openingHeld = new CountDownLatch(1);
        private final AtomicInteger failures = new AtomicInteger();
        private final BlockingQueue<Refusal> refused = new LinkedBlockingQueue<>();
        private volatile boolean error;
        private volatile boolean closed;

        FakeModel model(String version) {
            return Objects.requireNonNull(models.get(version));
        }

        void arrive(Deployment deployment) {
            arriving.add(deployment);
        }

        void refuse(String task, String version, Rejection rejection, String why) {
            refused.add(new Refusal(new ModelVersion(task, "tiny", version, "digest-" + version), rejection, why));
        }

        CountDownLatch holdOpening(String version) {
            CountDownLatch latch = new CountDownLatch(1);
            held.put(version, latch);
            return latch;
        }

        @Override
        public List<Deployment> readToEnd(Duration timeout) {
            if (failures.getAndDecrement() > 0) {
                throw new TimeoutException("no broker");
            }
            return existing;
        }

        @Override
        public List<Deployment> poll(Duration timeout) {
            List<Deployment> arrived = new ArrayList<>();
            try {
                Deployment first = arriving.poll(20, TimeUnit.MILLISECONDS);
                if (first != null) {
                    arrived.add(first);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            arriving.drainTo(arrived);
            return arrived;
        }

        @Override
        public List<Refusal> refusals() {
            List<Refusal> since = new ArrayList<>();
            refused.drainTo(since);
            return since;
        }

        @Override
        public Optional<ModelVersion> published(String task, String version) {
            return Optional.of(new ModelVersion(task, "tiny", version, "digest-" + version));
        }

        @Override
        public OpenedModel open(String task, String version) throws ModelRejectedException {
            String name = task + "@" + version;
            if (error) {
                throw new OutOfMemoryError("planted");
            }
            if (rejected.containsKey(name)) {
                throw new ModelRejectedException(rejected.get(name));
            }
            if (failedOpenings.containsKey(name) && failedOpenings.get(name).getAndDecrement() > 0) {
                throw new TimeoutException("no broker");
            }
            if (held.containsKey(name)) {
                openingHeld.countDown();
                try {
                    held.get(name).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            FakeModel model = new FakeModel();
            models.put(name, model);
            return new OpenedModel(
                    new ModelVersion(task, "tiny", version, "digest-" + version), model, Optional.empty());
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
