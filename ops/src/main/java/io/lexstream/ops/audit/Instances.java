package io.lexstream.ops.audit;

import io.lexstream.ops.audit.AuditOptions.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instances of the service; whatever ends one of them, it is started again. */
final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    private static final Duration CLEAN_STOP = Duration.ofSeconds(30);
    private static final int MOST_CRASHES = 10;

    private final List<Instance> instances;
    private final Clock clock;
    private final Thread killAtExit = new Thread(this::killAll, "audit-kill-at-exit");
    private int kills;
    private int terms;
    private int crashes;
    private int uncleanStops;

    private Instances(List<Instance> instances, Clock clock) {
        this.instances = List.copyOf(instances);
        this.clock = clock;
    }

    static Instances start(
            int count, ChildJvm jvm, Path directory, Map<String, String> settings, Fault fault, Clock clock)
            throws IOException {
        List<Instance> started = new ArrayList<>();
        try {
            while (started.size() < count) {
                String name = "instance-" + (started.size() + 1);
                started.add(Instance.start(jvm, name, directory.resolve(name), settings, fault));
            }
            Instances all = new Instances(started, clock);
            Runtime.getRuntime().addShutdownHook(all.killAtExit);
            return all;
        } catch (IOException | RuntimeException e) {
            started.forEach(Instance::kill);
            throw e;
        }
    }

    /** Those that one can strike in the middle of their work. */
    List<Instance> atWork(GroupWatch.Snapshot snapshot) {
        return instances.stream().filter(instance -> instance.atWork(snapshot)).toList();
    }

    void strike(Instance victim, AuditPlan.Kind kind) throws IOException {
        LOG.atInfo()
                .addKeyValue("instance", victim.name())
                .addKeyValue("kind", kind)
                .log("strike");
        switch (kind) {
            case KILL -> {
                victim.kill();
                kills++;
                victim.restart();
            }
            case TERM -> {
                victim.terminate(clock.instant().plus(CLEAN_STOP));
                terms++;
            }
        }
    }

    /** Takes note of what the group did, and starts again what has ended. */
    void tend(GroupWatch.Snapshot snapshot) throws IOException {
        for (Instance instance : instances) {
            instance.observe(snapshot);
            if (hasEnded(instance)) {
                instance.restart();
            }
        }
    }

    private boolean hasEnded(Instance instance) {
        if (instance.isAlive()) {
            return endLate(instance);
        }
        if (instance.stopBy().isEmpty()) {
            crashes++;
            LOG.atError()
                    .addKeyValue("instance", instance.name())
                    .addKeyValue("exitCode", instance.exitCode())
                    .addKeyValue("log", instance.log())
                    .log("an instance ended by itself");
            if (crashes > MOST_CRASHES) {
                throw new IllegalStateException(
                        "the instances ended by themselves " + crashes + " times; see " + instance.log());
            }
        } else if (instance.exitCode() != 0) {
            uncleanStops++;
            LOG.atError()
                    .addKeyValue("instance", instance.name())
                    .addKeyValue("exitCode", instance.exitCode())
                    .addKeyValue("log", instance.log())
                    .log("SIGTERM did not end an instance cleanly");
        }
        return true;
    }

    private boolean endLate(Instance instance) {
        boolean late = instance.stopBy().filter(clock.instant()::isAfter).isPresent();
        if (late) {
            uncleanStops++;
            LOG.atError()
                    .addKeyValue("instance", instance.name())
                    .addKeyValue("seconds", CLEAN_STOP.toSeconds())
                    .addKeyValue("log", instance.log())
                    .log("SIGTERM did not end an instance in time");
            instance.kill();
        }
        return late;
    }

    int kills() {
        return kills;
    }

    int terms() {
        return terms;
    }

    int crashes() {
        return crashes;
    }

    int uncleanStops() {
        return uncleanStops;
    }

    /** Ends all with SIGTERM and waits for them. */
    void stop() throws InterruptedException {
        Instant deadline = clock.instant().plus(CLEAN_STOP);
        List<Instance> stopping = new ArrayList<>(instances);
        for (Instance instance : instances) {
            boolean told = instance.stopBy().isPresent();
            if (instance.isAlive() && !told && !instance.hasJoined()) {
                instance.kill(); // still starting, it may not listen to signals yet
                stopping.remove(instance);
            } else if (instance.isAlive() && !told) {
                instance.terminate(deadline);
            }
        }
        for (Instance instance : stopping) {
            instance.awaitEnd(CLEAN_STOP);
            hasEnded(instance);
        }
    }

    /** How many runs died in native code, whatever else they are counted as. */
    int nativeCrashes() throws IOException {
        int reports = 0;
        for (Instance instance : instances) {
            reports += instance.nativeCrashes();
        }
        return reports;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killAtExit);
        killAll();
    }

    /** No process may outlive the audit, however that ends. */
    private void killAll() {
        instances.forEach(Instance::kill);
    }
}
