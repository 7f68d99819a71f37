package io.lexstream.ops.audit;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.ops.audit.GroupWatch.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One audit: events flow through instances that are killed and models that are swapped, and then everything that came
 * out is counted.
 */
public final class Audit {
    private static final String GROUP = "lexstream-audit";
    private static final int INSTANCES = 2;
    private static final int MOST_BACKLOG = 4_000;
    private static final int LEAST_BACKLOG = 200;
    private static final int SWAPS_AT_LEAST = 20;
    private static final Duration STUCK = Duration.ofMinutes(2);
    private static final Duration PACE = Duration.ofMillis(100);

    private final AuditOptions options;
    private final Clock clock;
    private final AuditProgress progress;
    private final AuditCluster cluster;
    private final AuditModels models;

    private Audit(AuditOptions options, Clock clock, AuditProgress progress, AuditCluster cluster, AuditModels models) {
        this.options = options;
        this.clock = clock;
        this.progress = progress;
        this.cluster = cluster;
        this.models = models;
    }

    /**
     * Runs an audit from its beginning to its end.
     *
     * @param modelCache where model files are kept, by digest
     * @throws IllegalStateException if nothing moves any more, or the instances do not stay up
     */
    public static AuditReport run(
            AuditOptions options, ChildJvm jvm, Path modelCache, Clock clock, AuditProgress progress)
            throws IOException, InterruptedException, ExecutionException, ModelRejectedException {
        Random random = new Random(options.seed());
        SigningKey key = SigningKey.generate();
        progress.say("making models");
        AuditModels models = AuditModels.make(
                options.directory().resolve("models"),
                new ContentStore(modelCache),
                AuditTexts.load(),
                new Random(random.nextLong()));
        progress.say("starting a broker and a schema registry");
        try (AuditCluster cluster = AuditCluster.start(options.directory().resolve("broker"), AuditModels.tasks());
                ModelPublisher publisher = new ModelPublisher(
                        cluster.clientConfig(), cluster.topics(), TrustedKeys.NONE, Optional.of(key))) {
            models.publish(publisher);
            Map<String, String> settings = settings(cluster, modelCache, key);
            return new Audit(options, clock, progress, cluster, models).run(jvm, settings, publisher, random);
        }
    }

    private AuditReport run(ChildJvm jvm, Map<String, String> settings, ModelPublisher publisher, Random random)
            throws IOException, InterruptedException, ExecutionException {
        Path directory = options.directory().resolve("instances");
        AuditEvents events = new AuditEvents(models.texts(), new Random(random.nextLong()));
        AuditPlan plan =
                AuditPlan.of(options.kills(), options.terms(), options.records(), new Random(random.nextLong()));
        progress.say("starting " + INSTANCES + " instances; their logs are in " + directory);
        Instant started = clock.instant();
        try (AuditLoad load =
                        new AuditLoad(cluster.clientConfig(), cluster.topics().events(), events, clock);
                Instances instances = Instances.start(INSTANCES, jvm, directory, settings, options.fault(), clock)) {
            ModelSwaps swaps = new ModelSwaps(
                    publisher,
                    models.versions(),
                    options.records() / SWAPS_AT_LEAST,
                    new Random(random.nextLong()),
                    clock);
            flow(load, instances, new Strikes(plan, instances, clock), swaps);
            Duration took = Duration.between(started, clock.instant());
            Findings findings = count(load);
            progress.say("stopping the instances");
            instances.stop();
            return new AuditReport(
                    load.sent().size(),
                    instances.kills(),
                    instances.terms(),
                    swaps.count(),
                    instances.crashes(),
                    instances.nativeCrashes(),
                    instances.uncleanStops(),
                    took,
                    findings);
        }
    }

    /** Lets events flow until enough have, all strikes were made, and every event was processed. */
    private void flow(AuditLoad load, Instances instances, Strikes strikes, ModelSwaps swaps)
            throws IOException, InterruptedException, ExecutionException {
        GroupWatch group =
                GroupWatch.of(cluster.admin(), GROUP, cluster.topics().events());
        Watchdog watchdog = new Watchdog(STUCK, clock);
        while (true) {
            Snapshot snapshot = group.look();
            instances.tend(snapshot);
            strikes.tick(snapshot);
            swaps.tick(snapshot.committed());
            load.sendUpTo(wanted(snapshot.committed(), strikes.done()));
            if (strikes.done() && load.sent().size() >= options.records()) {
                load.flush();
                if (snapshot.committed() == load.sent().size() && snapshot.caughtUp()) {
                    return;
                }
            }
            progress.flowed(snapshot.committed(), Math.max(load.sent().size(), options.records()), instances, swaps);
            watchdog.check(
                    snapshot.committed(),
                    () -> "only " + snapshot.committed() + " of " + load.sent().size() + " events were processed: "
                            + snapshot.partitions());
            pause();
        }
    }

    /**
     * How many events should be sent by now: never all at once, and never so few that a strike finds nobody at work.
     */
    private long wanted(long committed, boolean strikesDone) {
        long enough = strikesDone ? options.records() : Math.max(options.records(), committed + LEAST_BACKLOG);
        return Math.min(enough, committed + MOST_BACKLOG);
    }

    /** Waits until no transaction is open any more, and holds what was committed against what was sent. */
    private Findings count(AuditLoad load) throws InterruptedException, ExecutionException {
        OutputScan scan = new OutputScan(cluster.clientConfig(), cluster.topics(), AuditModels.tasks());
        progress.say("all events are processed; waiting for open transactions to end");
        Watchdog watchdog = new Watchdog(STUCK, clock);
        for (long undecided = scan.undecided(cluster.admin());
                undecided > 0;
                undecided = scan.undecided(cluster.admin())) {
            long now = undecided;
            watchdog.check(-now, () -> now + " outputs stay in open transactions");
            pause();
        }
        progress.say("reading all outputs from the beginning");
        OutcomeCheck check = new OutcomeCheck(load.sent(), AuditModels.tasks(), models.labels());
        scan.into(check);
        return check.findings();
    }

    /** A broker tells nobody how far a group is: one has to ask again and again. */
    private static void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PACE.toMillis());
    }

    /** The service's own, but for shorter timeouts: each kill costs as much time as they are long. */
    private static Map<String, String> settings(AuditCluster cluster, Path modelCache, SigningKey key) {
        Map<String, String> settings = new HashMap<>(cluster.clientConfig());
        settings.put("application.id", GROUP);
        settings.put("tasks", String.join(",", AuditModels.tasks()));
        settings.put("model.cache.dir", modelCache.toString());
        settings.put("model.trusted.keys", key.publicKey().text());
        settings.put("http.port", "0");
        settings.put("stream.threads", "2");
        settings.put("consumer.session.timeout.ms", "6000");
        settings.put("consumer.heartbeat.interval.ms", "1500");
        settings.put("producer.transaction.timeout.ms", "10000");
        return settings;
    }
}
