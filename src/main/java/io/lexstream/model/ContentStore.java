package io.lexstream.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files by their SHA-256: a disk cache, behind it the base encoders that come with the build.
 *
 * <p>Several threads and processes may share the directory: a file appears in one step, complete, or not at all.
 */
public final class ContentStore {
    private static final Logger LOG = LoggerFactory.getLogger(ContentStore.class);
    private static final int BUFFER_BYTES = 1 << 17;
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final Path incoming;
    private final BaseEncoders baseEncoders;
    private final Map<Path, Stamp> verified = new ConcurrentHashMap<>();
    private final AtomicBoolean swept = new AtomicBoolean();
    private final Object unpacking = new Object();

    public ContentStore(Path directory) {
        this(directory, BaseEncoders.onClassPath());
    }

    ContentStore(Path directory, BaseEncoders baseEncoders) {
        this.directory = directory.toAbsolutePath();
        this.incoming = this.directory.resolve("incoming");
        this.baseEncoders = baseEncoders;
    }

    /**
     * The file with that content; a base encoder on the class path is unpacked first. The digest is computed once per
     * store, and again when the file's time or length has changed; a damaged file counts as absent.
     */
    public Optional<Path> find(String sha256) throws IOException {
        Path file = place(sha256);
        return isIntact(file, sha256) ? Optional.of(file) : unpack(file, sha256);
    }

    /**
     * Stores content under its digest; atomic, so that no half-written file is ever found.
     *
     * @throws ModelRejectedException if the content has another digest or length
     */
    public Path add(String sha256, long bytes, InputStream content) throws IOException, ModelRejectedException {
        try (IncomingFile file = receive(sha256, bytes)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                file.write(buffer, n);
            }
            return keep(file, sha256);
        }
    }

    /** Room for content that arrives in pieces; {@link #keep} it when all are there. */
    IncomingFile receive(String sha256, long bytes) throws IOException {
        Files.createDirectories(incoming);
        if (swept.compareAndSet(false, true)) {
            sweep();
        }
        return IncomingFile.open(incoming, sha256, bytes);
    }

    Path keep(IncomingFile file, String sha256) throws IOException, ModelRejectedException {
        file.finish();
        Path place = place(sha256);
        if (!isIntact(place, sha256)) {
            file.moveTo(place);
            verified.put(place, Stamp.of(place));
        }
        return place;
    }

    private Path place(String sha256) {
        if (!Sha256.isDigest(sha256)) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: '" + sha256 + "'");
        }
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private boolean isIntact(Path file, String sha256) throws IOException {
        try {
            Stamp now = Stamp.of(file);
            if (now.equals(verified.get(file))) {
                return true;
            }
            if (Sha256.of(file).equals(sha256)) {
                verified.put(file, now);
                return true;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        // Left in place: whoever brings the content replaces it, and nobody deletes what another just repaired.
        LOG.atWarn().addKeyValue("file", file).log("cached file is damaged and will be replaced");
        return false;
    }

    private Optional<Path> unpack(Path file, String sha256) throws IOException {
        synchronized (unpacking) {
            Optional<BaseEncoders.Content> content = baseEncoders.content(sha256);
            if (content.isEmpty() || isIntact(file, sha256)) {
                return content.map(found -> file);
            }
            try (InputStream resource = content.get().open()) {
                return Optional.of(add(sha256, content.get().bytes(), resource));
            } catch (ModelRejectedException e) {
                LOG.atWarn().setCause(e).log("a base encoder on the class path is not the expected one");
                return Optional.empty();
            }
        }
    }

    /** Removes what processes that were killed had not finished. */
    private void sweep() throws IOException {
        Instant abandoned = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming, "*.part")) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("another process removed the same part first", e);
        }
    }

    /** Tells whether a file may have changed since its digest was computed. */
    private record Stamp(FileTime modified, long bytes, String fileKey) {
        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        }
    }
}
