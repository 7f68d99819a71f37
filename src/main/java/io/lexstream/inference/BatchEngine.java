package io.lexstream.inference;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Texts of all partitions and threads in, futures of every task's result out. */
public final class BatchEngine implements AutoCloseable {
    /** Starts the workers; {@code slots} (by task) stay the caller's. */
    public BatchEngine(BatchSettings settings, Map<String, ModelSlot> slots, EngineObserver observer) {
        throw new UnsupportedOperationException();
    }

    /** Hands a text in; blocks while the queue is full. The future holds every task's result by task. */
    public CompletableFuture<Map<String, TaskResult>> submit(String text) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** As {@link #submit}, but empty at once when the queue is full. */
    public Optional<CompletableFuture<Map<String, TaskResult>>> offer(String text) {
        throw new UnsupportedOperationException();
    }

    /** Texts that wait now. */
    public int queued() {
        throw new UnsupportedOperationException();
    }

    /** Fails what waits, lets what runs end, joins the workers. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
