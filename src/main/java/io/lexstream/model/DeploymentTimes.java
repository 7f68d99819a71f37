package io.lexstream.model;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * The time of the newest deployment ever accepted of each task: an older one is a replay, even if it is all that the
 * topic has left, as after somebody wrote it there and compaction took the newer one. Used by one thread.
 */
public final class DeploymentTimes {
    private final Optional<Path> file;
    private final String scope;
    private final Map<String, Instant> newest = new HashMap<>();

    private DeploymentTimes(Optional<Path> file, String scope) {
        this.file = file;
        this.scope = scope;
    }

    /** Forgotten at the end. */
    public static DeploymentTimes inMemory() {
        return new DeploymentTimes(Optional.empty(), "");
    }

    /**
     * Remembered in a file.
     *
     * @param scope which cluster and topic it is about; the file may hold others
     */
    public static DeploymentTimes in(Path file, String scope) {
        DeploymentTimes times = new DeploymentTimes(Optional.of(file.toAbsolutePath()), scope + "/");
        times.read().forEach((key, millis) -> {
            String name = key.toString();
            if (name.startsWith(times.scope)) {
                times.newest.put(name.substring(times.scope.length()), time(file, millis.toString()));
            }
        });
        return times;
    }

    /** @throws ModelRejectedException if a newer deployment of the task was accepted before */
    void require(String task, String what, Instant time) throws ModelRejectedException {
        Instant known = newest.getOrDefault(task, Instant.MIN);
        if (time.isBefore(known)) {
            throw new ModelRejectedException(
                    Rejection.REPLAYED,
                    what + " is from " + time + ", older than the one known, " + known
                            + file.map(it -> "; remembered in " + it).orElse(""));
        }
    }

    /** Remembers that a deployment was accepted. */
    void accepted(String task, Instant time) {
        if (!time.isAfter(newest.getOrDefault(task, Instant.MIN))) {
            return;
        }
        file.ifPresent(it -> write(it, task, time));
        newest.put(task, time);
    }

    private Properties read() {
        Properties all = new Properties();
        if (file.isPresent() && Files.exists(file.get())) {
            try (Reader reader = Files.newBufferedReader(file.get())) {
                all.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the deployments seen before, " + file.get(), e);
            }
        }
        return all;
    }

    /** With what other processes wrote meanwhile; a reader never sees half a file. */
    private void write(Path place, String task, Instant time) {
        Properties all = read();
        String key = scope + task;
        if (!time.isAfter(time(place, all.getProperty(key, String.valueOf(Long.MIN_VALUE))))) {
            return;
        }
        all.setProperty(key, String.valueOf(time.toEpochMilli()));
        try {
            Files.createDirectories(place.getParent());
            Path draft = place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID());
            try {
                try (Writer writer = Files.newBufferedWriter(draft)) {
                    all.store(
                            writer,
                            "The newest deployment accepted of each task, in milliseconds; keeps older ones out");
                }
                Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remember the deployment of " + task + " in " + place, e);
        }
    }

    private static Instant time(Path file, String millis) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw new IllegalStateException(file + " is damaged ('" + millis + "' is no time); delete it", e);
        }
    }
}
