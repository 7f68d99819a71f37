package io.lexstream.processors;

import io.lexstream.events.EventDecoder;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.PackageLimits;
import io.lexstream.model.TrustedKeys;
import io.lexstream.pipeline.Pipeline;
import io.lexstream.processors.InferenceProcessor.Flow;
import io.lexstream.processors.ModelWatcher.Places;
import io.lexstream.processors.PrefetchInterceptor.Prefetch;
import io.lexstream.processors.feedback.FeedbackFlow;
import io.lexstream.processors.feedback.FeedbackMetrics;
import io.lexstream.processors.feedback.FeedbackTopology;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.settings.RequiredTopics;
import io.lexstream.settings.RequiredTopics.Found;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service: texts come from the input topic and results go out, made by the models that are deployed. Events
 * flow once every task has a model.
 */
public final class Processing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Processing.class);
    private static final Duration CLOSE = Duration.ofSeconds(20);
    private static final int PREFETCHED_WINDOWS = 4;
    private static final int THREADS_REPLACED = 20;

    private final Opened opened;
    private final KafkaStreams streams;
    private final Health health;
    private final int httpPort;
    private final CompletableFuture<Throwable> failure;

    private Processing(
            Opened opened, KafkaStreams streams, Health health, int httpPort, CompletableFuture<Throwable> failure) {
        this.opened = opened;
        this.streams = streams;
        this.health = health;
        this.httpPort = httpPort;
        this.failure = failure;
    }

    /**
     * Starts the service; returns at once, whether there are models or not.
     *
     * @throws org.apache.kafka.common.KafkaException that says which setting or topic is at fault
     */
    public static Processing start(ProcessorSettings settings) {
        TrustedKeys trusted = ModelTrust.keys(settings);
        Optional<Pipeline> pipeline = settings.pipeline();
        Found topics = RequiredTopics.check(settings.clientConfig(), settings.requiredTopics());
        ModelTrust trust = ModelTrust.of(settings, trusted, topics.clusterId());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Optional<FeedbackFlow> windows = pipeline.map(stages -> settings.feedback(
                topics.partitions(settings.topics().feedbackAnalysis()), new FeedbackMetrics(registry)));
        Opened opened = new Opened();
        try {
            opened.add(registry::close);
            return start(settings, trust, pipeline, windows, registry, opened);
        } catch (Throwable e) {
            opened.close();
            throw e;
        }
    }

    private static Processing start(
            ProcessorSettings settings,
            ModelTrust trust,
            Optional<Pipeline> pipeline,
            Optional<FeedbackFlow> windows,
            PrometheusMeterRegistry registry,
            Opened opened) {
        Clock clock = Clock.systemUTC();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        ProcessorMetrics metrics =
                new ProcessorMetrics(registry, settings.batch().batchTokens());

        ModelOpener opener = new ModelOpener(settings.inference());
        Map<String, ModelSlot> slots = new LinkedHashMap<>();
        settings.tasks().forEach(task -> slots.put(task, opened.add(new ModelSlot(task))));
        Trials trials = opened.add(new Trials(settings.tasks(), metrics));
        Places places = new Places(slots, trials, settings.trial(), new Profiles());
        BatchEngine engine = opened.add(new BatchEngine(settings.batch(), slots, trials.engineSlots(), metrics));
        KafkaStreams streams =
                openStreams(settings, pipeline, windows, engine, places, metrics, clock, failure, opened);
        opened.add(new KafkaStreamsMetrics(streams)).bindTo(registry);

        ModelWatcher watcher =
                opened.add(watchModels(settings, trust, opener, places, metrics, clock, failure, opened));
        Health health = new Health(
                () -> Optional.ofNullable(failure.getNow(null)), watcher::whyWaiting, () -> notRunning(streams));
        HttpEndpoint http = opened.add(HttpEndpoint.open(settings.httpHost(), settings.httpPort(), health, registry));
        LOG.atInfo()
                .addKeyValue("instance", settings.instanceId())
                .addKeyValue("tasks", settings.tasks())
                .addKeyValue("http", http.port())
                .log("waiting for models");
        watcher.everyTaskServed().thenRun(streams::start).exceptionally(e -> {
            if (!(e.getCause() instanceof CancellationException)) { // closed before there were models
                failure.complete(e);
            }
            return null;
        });
        return new Processing(opened, streams, health, http.port(), failure);
    }

    private static KafkaStreams openStreams(
            ProcessorSettings settings,
            Optional<Pipeline> pipeline,
            Optional<FeedbackFlow> windows,
            BatchEngine engine,
            Places places,
            ProcessorMetrics metrics,
            Clock clock,
            CompletableFuture<Throwable> failure,
            Opened opened) {
        EventDecoder decoder = settings.eventDecoder();
        PrefetchTable table = new PrefetchTable(
                engine, (long) PREFETCHED_WINDOWS * settings.batch().windowTokens() * settings.streamThreads());
        metrics.watch(engine, table);
        EventChains chains = new EventChains(engine, places.trials(), pipeline);
        Flow flow = new Flow(
                settings.topics(),
                decoder,
                table,
                engine,
                chains,
                places.trials(),
                pipeline.map(stages -> new Analyses(stages, settings.productAttribute())),
                AvroSerde.<SpecificRecord>forValues(settings.clientConfig()).serializer(),
                new Advice(
                        new Reviews(settings.review(), clock),
                        new DriftMonitor(settings.drift(), places.profiles(), metrics),
                        settings.topics(),
                        settings.clientConfig()),
                metrics,
                settings.inferenceTimeout(),
                settings.maxOutputBytes());
        Topology topology = EventTopology.build(flow, settings.tasks(), clock);
        windows.ifPresent(feedback -> FeedbackTopology.addTo(topology, feedback));
        Prefetch prefetch = new Prefetch(settings.topics().events(), decoder, chains, table);
        KafkaStreams streams = new KafkaStreams(topology, StreamsConfiguration.of(settings, prefetch));
        opened.add(() -> streams.close(Duration.ZERO));
        streams.setUncaughtExceptionHandler(new FailurePolicy(THREADS_REPLACED, clock, metrics, failure::complete));
        return streams;
    }

    private static ModelWatcher watchModels(
            ProcessorSettings settings,
            ModelTrust trust,
            ModelOpener opener,
            Places places,
            ProcessorMetrics metrics,
            Clock clock,
            CompletableFuture<Throwable> failure,
            Opened opened) {
        ModelStatusWriter status = opened.add(ModelStatusWriter.open(
                settings.clientConfig(), settings.topics().modelStatus()));
        ModelFeed feed = new ModelFeed(
                settings.clientConfig(),
                settings.topics(),
                new ContentStore(settings.modelCache()),
                trust.keys(),
                trust.times(),
                PackageLimits.DEFAULT);
        return ModelWatcher.start(
                new TopicModelSource(feed, opener),
                places,
                new ModelReport(settings.instanceId(), metrics, status, clock),
                clock,
                settings.modelRetry(),
                failure::complete);
    }

    private static Optional<String> notRunning(KafkaStreams streams) {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? Optional.empty() : Optional.of(state.name());
    }

    /**
     * Done with the reason when the service cannot go on; then it should be closed, and the process end. The failing
     * thread completes it, so {@link #close} must be called by another.
     */
    public CompletableFuture<Throwable> failure() {
        return failure.copy();
    }

    /** Why no events are processed now; empty if they are. */
    public List<String> reasonsNotReady() {
        return health.reasonsNotReady();
    }

    /** Where metrics and health are served. */
    public int httpPort() {
        return httpPort;
    }

    @Override
    public void close() {
        close(CLOSE);
    }

    /**
     * Commits what is done, leaves the group, then closes models and clients. No thread runs a model when this returns.
     *
     * @param timeout longest wait for the stream threads
     */
    public void close(Duration timeout) {
        boolean inTime = streams.close(
                CloseOptions.timeout(timeout).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!inTime) {
            LOG.atWarn()
                    .addKeyValue("timeoutMillis", timeout.toMillis())
                    .log("stream threads did not end in time; what they did not commit is processed again");
        }
        opened.close();
    }
}
