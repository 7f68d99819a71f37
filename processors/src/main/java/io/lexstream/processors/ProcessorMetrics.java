package io.lexstream.processors;

import io.lexstream.events.DeadLetter;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.EngineObserver;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.Rejection;
import io.lexstream.model.TrialFigures.Guard;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.StageResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The figures of the processors: what the engine does, what becomes of the events, which models serve. */
final class ProcessorMetrics implements EngineObserver {
    private static final String INFERENCE_SECONDS = "lexstream.inference.seconds";
    private static final String MODEL = "model";

    private final MeterRegistry registry;
    private final int batchTokens;
    private final Map<String, Meter.Id> served = new ConcurrentHashMap<>();
    private final Map<String, AtomicReference<Double>> driftByKey = new ConcurrentHashMap<>();

    /** @param batchTokens padded tokens of a full batch */
    ProcessorMetrics(MeterRegistry registry, int batchTokens) {
        this.registry = registry;
        this.batchTokens = batchTokens;
    }

    @Override
    public void windowStarted(int texts, Duration queued, Duration tokenising) {
        timer("lexstream.queue.seconds", "Wait of a window's first text for a worker.")
                .record(queued);
        timer("lexstream.tokenise.seconds", "Time to tokenise a window.").record(tokenising);
        DistributionSummary.builder("lexstream.window.texts")
                .description("Texts that a worker took at once.")
                .register(registry)
                .record(texts);
    }

    @Override
    public void batchRan(ModelVersion model, int texts, int tokens, int paddedTokens, Duration inference) {
        String task = model.task();
        timer(INFERENCE_SECONDS, "Time of a batch in one model.", "task", task, MODEL, model.version())
                .record(inference);
        summary("lexstream.batch.texts", "Texts of a batch.", task).record(texts);
        summary("lexstream.batch.fill.ratio", "Padded tokens of a batch, to batch.max.tokens.", task)
                .record((double) paddedTokens / batchTokens);
        summary("lexstream.batch.padding.ratio", "Padding among the tokens of a batch.", task)
                .record(1 - (double) tokens / paddedTokens);
    }

    @Override
    public void batchFailed(ModelVersion model, int texts) {
        counter("lexstream.batch.failures", "Batches that failed and were run again row by row.", "task", model.task())
                .increment();
    }

    void eventTaken(boolean prefetched) {
        counter("lexstream.events", "Events processed.", "prefetched", String.valueOf(prefetched))
                .increment();
    }

    void resultForwarded(String task) {
        counter("lexstream.results", "Results forwarded.", "task", task).increment();
    }

    void analysisForwarded(FeedbackAnalysis analysis) {
        counter("lexstream.analyses", "Analyses of the pipeline forwarded.").increment();
        for (StageResult stage : analysis.getStages()) {
            counter(
                            "lexstream.stages",
                            "Stages of the pipeline that ended, by how.",
                            "stage",
                            stage.getStage(),
                            "outcome",
                            stage.getOutcome().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    void deadLetterForwarded(DeadLetter letter) {
        counter(
                        "lexstream.dead.letters",
                        "Dead letters forwarded.",
                        "task",
                        letter.task(),
                        "reason",
                        letter.reason().header())
                .increment();
    }

    /** @param sinceDeployment from the deployment's arrival to the swap */
    void modelServed(ModelVersion version, Duration sinceDeployment) {
        timer("lexstream.model.swap.seconds", "From a deployment's arrival to its swap.", "task", version.task())
                .record(sinceDeployment);
        Gauge serving = Gauge.builder("lexstream.model.info", () -> 1)
                .description("1 for the version that serves.")
                .tags("task", version.task(), "version", version.version(), "digest", version.digest())
                .register(registry);
        Meter.Id before = served.put(version.task(), serving.getId());
        if (before != null && !before.equals(serving.getId())) {
            registry.remove(before);
            forgetTimes(version.task(), before.getTag("version"));
        }
    }

    /** Versions come and go for as long as the process lives: the times of one that is gone go with it. */
    private void forgetTimes(String task, @Nullable String version) {
        registry.find(INFERENCE_SECONDS)
                .tag("task", task)
                .tag(MODEL, String.valueOf(version))
                .timers()
                .forEach(registry::remove);
    }

    void modelRefused(String task, Rejection rejection) {
        counter(
                        "lexstream.model.refused",
                        "Versions and deployments that were refused.",
                        "task",
                        task,
                        "reason",
                        rejection.tag())
                .increment();
    }

    /** A text that champion and challenger have both read. */
    void trialResult(String task, Comparison comparison) {
        counter("lexstream.trial.results", "Texts that a version on trial has read, too.", "task", task)
                .increment();
        if (comparison.challengerFailed()) {
            counter("lexstream.trial.errors", "Texts that only the version on trial has failed on.", "task", task)
                    .increment();
        }
        if (comparison.disagrees()) {
            counter("lexstream.trial.disagreements", "Texts that the two labelled differently.", "task", task)
                    .increment();
        }
    }

    void driftMeasured(String task, String source, String measure, double psi) {
        String key = task + "/" + source + "/" + measure;
        AtomicReference<Double> latest = driftByKey.computeIfAbsent(key, name -> {
            AtomicReference<Double> value = new AtomicReference<>(0.0);
            Gauge.builder("lexstream.drift.psi", value, AtomicReference::get)
                    .description("Population stability index of the last window against the training texts.")
                    .tags("task", task, "source", source, "measure", measure)
                    .strongReference(true)
                    .register(registry);
            return value;
        });
        latest.set(psi);
    }

    void reviewForwarded(String task) {
        counter("lexstream.reviews", "Texts that people are asked to label.", "task", task)
                .increment();
    }

    void trialTripped(String task, Guard guard) {
        counter(
                        "lexstream.trial.tripped",
                        "Trials that a guard has ended.",
                        "task",
                        task,
                        "guard",
                        guard.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .increment();
    }

    void trialEnded(ModelVersion challenger, Optional<ModelVersion> serving) {
        if (!serving.equals(Optional.of(challenger))) {
            forgetTimes(challenger.task(), challenger.version());
        }
    }

    /** Shows how much waits in the engine and before the processors. */
    void watch(BatchEngine engine, PrefetchTable table) {
        Gauge.builder("lexstream.queue.texts", engine::queued)
                .description("Texts that wait for a worker.")
                .register(registry);
        Gauge.builder("lexstream.prefetched.events", table::size)
                .description("Events polled and not processed yet.")
                .register(registry);
    }

    void threadReplaced() {
        counter("lexstream.stream.threads.replaced", "Stream threads that failed and were replaced.")
                .increment();
    }

    private Timer timer(String name, String doc, String... tags) {
        return Timer.builder(name)
                .description(doc)
                .tags(tags)
                .publishPercentileHistogram()
                .register(registry);
    }

    private DistributionSummary summary(String name, String doc, String task) {
        return DistributionSummary.builder(name)
                .description(doc)
                .tags("task", task)
                .register(registry);
    }

    private Counter counter(String name, String doc, String... tags) {
        return Counter.builder(name).description(doc).tags(tags).register(registry);
    }
}
