package io.lexstream.trainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A little-endian file that only grows: a header of 16 bytes, a magic number and a width, then records. What a killed
 * process left half-written is for its reader to cut off. Used by one thread.
 */
public final class GrowingFile implements AutoCloseable {
    public static final int HEADER_BYTES = 16;

    private final Path path;
    private final FileChannel channel;

    private GrowingFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens or creates the file; a shorter one than its header is begun anew.
     *
     * @param width of a record's vectors
     * @param what the file holds, for people
     * @throws DataException if another process has it open, or it holds something else
     */
    public static GrowingFile open(Path path, long magic, long width, String what) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, path);
            GrowingFile file = new GrowingFile(path, channel);
            file.begin(magic, width, what);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        try {
            if (channel.tryLock() != null) { // held until the channel is closed
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new DataException(path + " is in use by this process already", e);
        }
        throw new DataException(path + " is in use by another process; wait for it or name another cache");
    }

    private void begin(long magic, long width, String what) throws IOException {
        if (size() < HEADER_BYTES) {
            cutAt(0);
            append(buffer(HEADER_BYTES).putLong(magic).putLong(width));
            return;
        }
        ByteBuffer header = read(0, HEADER_BYTES);
        if (header.getLong() != magic || header.getLong() != width) {
            throw new DataException(
                    path + " does not hold " + what + " of " + width + " values; remove it or name another cache");
        }
    }

    /** Room for a record, little-endian. */
    public static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public long size() throws IOException {
        return channel.size();
    }

    /** Leaves out all that is behind. */
    public void cutAt(long end) throws IOException {
        channel.truncate(end);
    }

    /** @throws DataException if the file ends before */
    public ByteBuffer read(long position, int bytes) throws IOException {
        ByteBuffer buffer = buffer(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new DataException(path + " ends at " + size() + ", expected a record at " + position);
            }
        }
        return buffer.flip();
    }

    /**
     * Writes what has been put into {@code record} behind all that there is.
     *
     * @return where it begins
     */
    public long append(ByteBuffer record) throws IOException {
        long start = size();
        long position = start;
        record.flip();
        while (record.hasRemaining()) {
            position += channel.write(record, position);
        }
        return start;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
