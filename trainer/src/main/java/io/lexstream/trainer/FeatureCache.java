package io.lexstream.trainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Features of texts on disk, found by the SHA-256 of the text: what an encoder has read once it need not read again.
 *
 * <p>One file that only grows: a header of 16 bytes, then records of 32 bytes digest and little-endian float32 values.
 * Every {@link #add} is written at once; a record that a killed process left half-written is cut off when the file is
 * opened. One process at a time; used by one thread.
 */
public final class FeatureCache implements AutoCloseable {
    private static final long MAGIC = 0x3130544145465845L; // "EXFEAT01" in little-endian order
    private static final int HEADER_BYTES = 16;
    private static final int DIGEST_BYTES = 32;

    private final FileChannel channel;
    private final int dimensions;
    private final Map<ByteBuffer, Long> positions = new HashMap<>();

    private FeatureCache(FileChannel channel, int dimensions) {
        this.channel = channel;
        this.dimensions = dimensions;
    }

    /**
     * Opens or creates the cache in {@code directory}. A directory belongs to one way of making features: name it by
     * the encoder's digest, the pooling and the token limit.
     *
     * @throws DataException if another process has it open, or it holds something else
     */
    public static FeatureCache open(Path directory, int dimensions) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("features.bin");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, file);
            FeatureCache cache = new FeatureCache(channel, dimensions);
            cache.load(file);
            return cache;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() != null) { // held until the channel is closed
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new DataException(file + " is in use by this process already", e);
        }
        throw new DataException(file + " is in use by another process; wait for it or name another feature cache");
    }

    private void load(Path file) throws IOException {
        if (channel.size() < HEADER_BYTES) {
            channel.truncate(0);
            write(buffer(HEADER_BYTES)
                    .putLong(MAGIC)
                    .putInt(dimensions)
                    .putInt(0)
                    .flip());
            return;
        }
        ByteBuffer header = read(0, HEADER_BYTES);
        long magic = header.getLong();
        int stored = header.getInt();
        if (magic != MAGIC || stored != dimensions) {
            throw new DataException(
                    file + " does not hold features of " + dimensions + " values; remove it or name another cache");
        }
        long end = channel.size() - (channel.size() - HEADER_BYTES) % recordBytes();
        channel.truncate(end);
        for (long position = HEADER_BYTES; position < end; position += recordBytes()) {
            positions.put(read(position, DIGEST_BYTES), position);
        }
    }

    public int size() {
        return positions.size();
    }

    public boolean contains(String text) {
        return positions.containsKey(key(text));
    }

    /** Stores the features of {@code texts}, one vector each; a text that is there already stays as it is. */
    public void add(List<String> texts, List<float[]> features) throws IOException {
        ByteBuffer records = buffer(texts.size() * recordBytes());
        long start = channel.size();
        for (int i = 0; i < texts.size(); i++) {
            ByteBuffer key = key(texts.get(i));
            if (positions.putIfAbsent(key, start + records.position()) == null) {
                put(records, key, features.get(i));
            }
        }
        write(records.flip());
    }

    private void put(ByteBuffer records, ByteBuffer key, float[] features) {
        if (features.length != dimensions) {
            throw new IllegalArgumentException("expected " + dimensions + " features, got " + features.length);
        }
        records.put(key.duplicate());
        for (float feature : features) {
            records.putFloat(feature);
        }
    }

    /** @throws IllegalArgumentException if the text's features have not been computed */
    public float[] get(String text) throws IOException {
        Long position = positions.get(key(text));
        if (position == null) {
            throw new IllegalArgumentException("no features for a text of " + text.length() + " characters");
        }
        float[] features = new float[dimensions];
        read(position + DIGEST_BYTES, recordBytes() - DIGEST_BYTES)
                .asFloatBuffer()
                .get(features);
        return features;
    }

    private int recordBytes() {
        return DIGEST_BYTES + dimensions * Float.BYTES;
    }

    private static ByteBuffer key(String text) {
        return ByteBuffer.wrap(Sha256.of(text));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer read(long position, int bytes) throws IOException {
        ByteBuffer buffer = buffer(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new DataException(
                        "feature cache ends at " + channel.size() + ", expected a record at " + position);
            }
        }
        return buffer.flip();
    }

    private void write(ByteBuffer buffer) throws IOException {
        long position = channel.size();
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
