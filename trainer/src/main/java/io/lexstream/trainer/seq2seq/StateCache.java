package io.lexstream.trainer.seq2seq;

import ai.onnxruntime.platform.Fp16Conversions;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.GrowingFile;
import io.lexstream.trainer.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
    private static final int DIGEST_BYTES = 32;
    private static final int RECORD_HEADER_BYTES = DIGEST_BYTES + Integer.BYTES;

    private final GrowingFile file;
    private final int width;
    private final Map<ByteBuffer, Place> places = new HashMap<>();

    private record Place(long position, int tokens) {}

    private StateCache(GrowingFile file, int width) {
        this.file = file;
        this.width = width;
    }

    /**
     * @param width of one state
     * @throws DataException if the file holds something else, or another process has it open
     */
    static StateCache open(Path file, int width) throws IOException {
        GrowingFile growing = GrowingFile.open(file, MAGIC, width, "states");
        try {
            StateCache cache = new StateCache(growing, width);
            cache.load();
            return cache;
        } catch (IOException | RuntimeException e) {
            growing.close();
            throw e;
        }
    }

    private void load() throws IOException {
        long position = GrowingFile.HEADER_BYTES;
        while (position + RECORD_HEADER_BYTES <= file.size()) {
            ByteBuffer record = file.read(position, RECORD_HEADER_BYTES);
            ByteBuffer key = record.slice(0, DIGEST_BYTES);
            int tokens = record.getInt(DIGEST_BYTES);
            long end = position + RECORD_HEADER_BYTES + stateBytes(tokens);
            if (tokens < 1 || end > file.size()) {
                break;
            }
            places.put(key, new Place(position + RECORD_HEADER_BYTES, tokens));
            position = end;
        }
        file.cutAt(position);
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
        ByteBuffer record = GrowingFile.buffer(RECORD_HEADER_BYTES + Math.toIntExact(stateBytes(source.length)));
        record.put(key.duplicate()).putInt(source.length);
        for (int i = 0; i < source.length * width; i++) {
            record.putShort(Fp16Conversions.floatToFp16(states[offset + i]));
        }
        long position = file.append(record);
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
        ByteBuffer states = file.read(place.position, Math.toIntExact(stateBytes(place.tokens)));
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
        return ByteBuffer.wrap(Sha256.start().digest(bytes));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
