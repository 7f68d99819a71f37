package io.lexstream.trainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
    private static final int DIGEST_BYTES = 32;

    private final GrowingFile file;
    private final int dimensions;
    private final Map<ByteBuffer, Long> positions = new HashMap<>();

    private FeatureCache(GrowingFile file, int dimensions) {
        this.file = file;
        this.dimensions = dimensions;
    }

    /**
     * Opens or creates the cache in {@code directory}. A directory belongs to one way of making features: name it by
     * the encoder's digest, the pooling and the token limit.
     *
     * @throws DataException if another process has it open, or it holds something else
     */
    public static FeatureCache open(Path directory, int dimensions) throws IOException {
        GrowingFile file = GrowingFile.open(directory.resolve("features.bin"), MAGIC, dimensions, "features");
        try {
            FeatureCache cache = new FeatureCache(file, dimensions);
            cache.load();
            return cache;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void load() throws IOException {
        long end = file.size() - (file.size() - GrowingFile.HEADER_BYTES) % recordBytes();
        file.cutAt(end);
        for (long position = GrowingFile.HEADER_BYTES; position < end; position += recordBytes()) {
            positions.put(file.read(position, DIGEST_BYTES), position);
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
        ByteBuffer records = GrowingFile.buffer(texts.size() * recordBytes());
        long start = file.size();
        for (int i = 0; i < texts.size(); i++) {
            ByteBuffer key = key(texts.get(i));
            if (positions.putIfAbsent(key, start + records.position()) == null) {
                put(records, key, features.get(i));
            }
        }
        file.append(records);
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
        file.read(position + DIGEST_BYTES, recordBytes() - DIGEST_BYTES)
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

    @Override
    public void close() throws IOException {
        file.close();
    }
}
