package io.lexstream.trainer.seq2seq;

import ai.onnxruntime.platform.Fp16Conversions;
import io.lexstream.trainer.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * The states of sources' tokens on disk, found by the token ids: what a frozen encoder has read once it need not read
 * again in any epoch.
 *
 * <p>One file that only grows: a header of 16 bytes, then of each source 32 bytes digest, 4 bytes number of tokens, and
 * the states as little-endian fp16. What a killed process left half-written is cut off when the file is opened. Used by
 * one thread; the file belongs to one encoder.
 */
final class StateCache implements AutoCloseable {
    private static final long MAGIC = 0x3130544154535845L; // "EXSTAT01" in little-endian order
    private static final int HEADER_BYTES = 16;
    private static final int DIGEST_BYTES = 32;
    private static final int RECORD_HEADER_BYTES = DIGEST_BYTES + Integer.BYTES;

    private final FileChannel channel;
    private final int width;
    private final Map<ByteBuffer, Place> places = new HashMap<>();

    private record Place(long position, int tokens) {}

    private StateCache(FileChannel channel, int width) {
        this.channel = channel;
        this.width = width;
    }

    /**
     * @param width of one state
     * @throws DataException if the file holds something else
     */
    static StateCache open(Path file, int width) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            StateCache cache = new StateCache(channel, width);
            cache.load(file);
            return cache;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void load(Path file) throws IOException {
        if (channel.size() < HEADER_BYTES) {
            channel.truncate(0);
            write(buffer(HEADER_BYTES).putLong(MAGIC).putLong(width).flip());
            return;
        }
        ByteBuffer header = read(0, HEADER_BYTES);
        if (header.getLong() != MAGIC || header.getLong() != width) {
            throw new DataException(file + " does not hold states of " + width + " values; remove it");
        }
        long position = HEADER_BYTES;
        while (position + RECORD_HEADER_BYTES <= channel.size()) {
            ByteBuffer record = read(position, RECORD_HEADER_BYTES);
            ByteBuffer key = record.slice(0, DIGEST_BYTES);
            int tokens = record.getInt(DIGEST_BYTES);
            long end = position + RECORD_HEADER_BYTES + stateBytes(tokens);
            if (tokens < 1 || end > channel.size()) {
                break;
            }
            places.put(key, new Place(position + RECORD_HEADER_BYTES, tokens));
            position = end;
        }
        channel.truncate(position);
    }

    boolean contains(int[] source) {
        return places.containsKey(key(source));
    }

    /** @param states [tokens, width], from {@code offset} on */
    void add(int[] source, float[] states, int offset) throws IOException {
        ByteBuffer key = key(source);
        if (places.containsKey(key)) {
            return;
        }
        ByteBuffer record = buffer(RECORD_HEADER_BYTES + Math.toIntExact(stateBytes(source.length)));
        record.put(key.duplicate()).putInt(source.length);
        for (int i = 0; i < source.length * width; i++) {
            record.putShort(Fp16Conversions.floatToFp16(states[offset + i]));
        }
        long position = channel.size();
        write(record.flip());
        places.put(key, new Place(position + RECORD_HEADER_BYTES, source.length));
    }

    /**
     * Puts the states [tokens, width] of a source into {@code into}.
     *
     * @throws IllegalArgumentException if they have not been computed
     */
    void read(int[] source, float[] into, int offset) throws IOException {
        Place place = places.get(key(source));
        if (place == null || place.tokens != source.length) {
            throw new IllegalArgumentException("no states of a source of " + source.length + " tokens");
        }
        ByteBuffer states = read(place.position, Math.toIntExact(stateBytes(place.tokens)));
        for (int i = 0; i < place.tokens * width; i++) {
            into[offset + i] = Fp16Conversions.fp16ToFloat(states.getShort());
        }
    }

    private long stateBytes(int tokens) {
        return (long) tokens * width * Short.BYTES;
    }

    private static ByteBuffer key(int[] source) {
        byte[] bytes = new byte[source.length * Integer.BYTES];
        ByteBuffer ids = ByteBuffer.wrap(bytes);
        for (int id : source) {
            ids.putInt(id);
        }
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer read(long position, int bytes) throws IOException {
        ByteBuffer buffer = buffer(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new DataException("the states end at " + channel.size() + ", expected some at " + position);
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
