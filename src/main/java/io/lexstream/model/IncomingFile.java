package io.lexstream.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;

/** Content on its way into the store: written aside, checked, and only then moved to its place. */
final class IncomingFile implements AutoCloseable {
    private final String sha256;
    private final long bytes;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.start();
    private long written;

    private IncomingFile(String sha256, long bytes, Path part, FileChannel channel) {
        this.sha256 = sha256;
        this.bytes = bytes;
        this.part = part;
        this.channel = channel;
    }

    static IncomingFile open(Path directory, String sha256, long bytes) throws IOException {
        Path part = directory.resolve(UUID.randomUUID() + ".part");
        var channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        return new IncomingFile(sha256, bytes, part, channel);
    }

    /** @throws ModelRejectedException if the content is longer than announced */
    void write(byte[] buffer, int length) throws IOException, ModelRejectedException {
        written += length;
        if (written > bytes) {
            throw new ModelRejectedException("content " + sha256 + " is longer than its " + bytes + " bytes");
        }
        digest.update(buffer, 0, length);
        ByteBuffer rest = ByteBuffer.wrap(buffer, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** @throws ModelRejectedException if the content is shorter than announced or has another digest */
    void finish() throws IOException, ModelRejectedException {
        if (written != bytes) {
            throw new ModelRejectedException(
                    "content " + sha256 + " ends after " + written + " of " + bytes + " bytes");
        }
        String actual = Sha256.finish(digest);
        if (!actual.equals(sha256)) {
            throw new ModelRejectedException("content " + sha256 + " has the digest " + actual);
        }
        channel.force(true);
    }

    /** Moves the finished file to {@code place} in one step. */
    void moveTo(Path place) throws IOException {
        channel.close();
        Files.createDirectories(place.getParent());
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not moved. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
