package io.lexstream.ops.audit;

import io.lexstream.ops.audit.AuditOptions.Fault;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** One instance of the service, in a process of its own; every start is another run. */
final class Instance {
    private final ChildJvm jvm;
    private final String name;
    private final Path directory;
    private final Map<String, String> settings;
    private final Fault fault;

    private Process process;
    private int run;
    private final Map<TopicPartition, Long> lastCommitted = new HashMap<>();
    private boolean joined;
    private long processed;
    private Optional<Instant> stopBy = Optional.empty();

    private Instance(ChildJvm jvm, String name, Path directory, Map<String, String> settings, Fault fault)
            throws IOException {
        this.jvm = jvm;
        this.name = name;
        this.directory = directory;
        this.settings = Map.copyOf(settings);
        this.fault = fault;
        this.process = launch();
    }

    /** @param settings of the service, without those that differ from instance to instance */
    static Instance start(ChildJvm jvm, String name, Path directory, Map<String, String> settings, Fault fault)
            throws IOException {
        Files.createDirectories(directory);
        return new Instance(jvm, name, directory, settings, fault);
    }

    /** Starts the next run, after the last one has ended. */
    void restart() throws IOException {
        process = launch();
    }

    private Process launch() throws IOException {
        run++;
        joined = false;
        processed = 0;
        lastCommitted.clear();
        stopBy = Optional.empty();
        return jvm.start(command(writeSettings()), log(), directory);
    }

    private List<String> command(Path config) {
        return switch (fault) {
            case NONE -> List.of("io.lexstream.ops.Lexstream", "process", "--config", config.toString());
            case BUFFERING -> List.of(BufferingService.class.getName(), config.toString());
        };
    }

    private Path writeSettings() throws IOException {
        Properties all = new Properties();
        all.putAll(settings);
        all.setProperty("instance.id", runName());
        // The broker knows a run by its client id.
        all.setProperty("streams.client.id", runName());
        all.setProperty("state.dir", directory.resolve("state").toString());
        Path file = directory.resolve("process.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            all.store(writer, null);
        }
        return file;
    }

    private String runName() {
        return name + "-run-" + run;
    }

    String name() {
        return name;
    }

    Path log() {
        return directory.resolve("process.log");
    }

    /** Counts what this run has committed since the last look. */
    void observe(GroupWatch.Snapshot snapshot) {
        snapshot.partitions().forEach((partition, state) -> {
            Long before = lastCommitted.put(partition, state.committed());
            joined |= reads(state);
            if (before != null && reads(state)) {
                processed += state.committed() - before;
            }
        });
    }

    /** Whether this run was ever given a partition. */
    boolean hasJoined() {
        return joined;
    }

    /** Whether this run has got something done, and has more to do. */
    boolean atWork(GroupWatch.Snapshot snapshot) {
        return process.isAlive()
                && stopBy.isEmpty()
                && processed > 0
                && snapshot.partitions().values().stream().anyMatch(state -> reads(state) && state.backlog() > 0);
    }

    private boolean reads(GroupWatch.Partition partition) {
        return partition.reader().startsWith(runName() + "-");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; the process should be gone by {@code deadline}. */
    void terminate(Instant deadline) {
        stopBy = Optional.of(deadline);
        process.destroy();
    }

    /** Waits for the end of the process, but no longer than that. */
    void awaitEnd(Duration patience) throws InterruptedException {
        process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Until when it must have ended, if it was told to. */
    Optional<Instant> stopBy() {
        return stopBy;
    }

    /** How many of its runs died in native code. */
    int nativeCrashes() throws IOException {
        int reports = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "hs_err_*.log")) {
            for (Path ignored : files) {
                reports++;
            }
        }
        return reports;
    }
}
