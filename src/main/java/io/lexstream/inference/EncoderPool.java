package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.GraphRecipe;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The open encoders by content: opened for the first who wants one, closed after the last. */
final class EncoderPool {
    private final InferenceSettings settings;
    private final Map<Key, Shared> open = new HashMap<>();

    EncoderPool(InferenceSettings settings) {
        this.settings = settings;
    }

    /**
     * What makes two encoders the same.
     *
     * @param adapterSha256 empty if there is none
     */
    record Key(
            String graphSha256,
            Optional<String> adapterSha256,
            boolean int8,
            String tokenizerSha256,
            Pooling pooling,
            int maxTokens) {}

    /** The encoder with that content, read from the files if it is not open yet. Closing the lease gives it back. */
    synchronized Lease acquire(Key key, GraphRecipe graph, Path tokenizer) throws ModelRejectedException {
        Shared shared = open.get(key);
        if (shared == null) {
            shared = new Shared(TextEncoder.open(graph, tokenizer, key.pooling(), key.maxTokens(), settings));
            open.put(key, shared);
        }
        shared.users++;
        return new Lease(key, shared.encoder);
    }

    synchronized int size() {
        return open.size();
    }

    private synchronized void release(Key key) {
        Shared shared = open.get(key);
        if (shared != null && --shared.users == 0) {
            open.remove(key);
            shared.encoder.close();
        }
    }

    /** One user's hold on an encoder. */
    final class Lease implements AutoCloseable {
        private final Key key;
        private final TextEncoder encoder;
        private final AtomicBoolean returned = new AtomicBoolean();

        private Lease(Key key, TextEncoder encoder) {
            this.key = key;
            this.encoder = encoder;
        }

        TextEncoder encoder() {
            return encoder;
        }

        @Override
        public void close() {
            if (returned.compareAndSet(false, true)) {
                release(key);
            }
        }
    }

    private static final class Shared {
        private final TextEncoder encoder;
        private int users;

        private Shared(TextEncoder encoder) {
            this.encoder = encoder;
        }
    }
}
