package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds the live model of one task: many borrowers, one swapper.
 *
 * <p>A replaced model is closed by whoever gives it back last, so no batch ever runs on a closed session.
 */
public final class ModelSlot implements AutoCloseable {
    private final String task;
    private final AtomicReference<@Nullable Held> live = new AtomicReference<>();
    private volatile boolean closed;

    public ModelSlot(String task) {
        this.task = task;
    }

    public String task() {
        return task;
    }

    /** The version that serves, if any has arrived. */
    public Optional<ModelVersion> serving() {
        return Optional.ofNullable(live.get()).map(held -> held.version);
    }

    /**
     * Borrows the live model; closing the lease gives it back.
     *
     * @throws IllegalStateException if no model has arrived yet, or the slot is closed
     */
    public Lease borrow() {
        return tryBorrow().orElseThrow(() -> new IllegalStateException("task " + task + " has no model"));
    }

    /** As {@link #borrow}; empty if there is no model. */
    Optional<Lease> tryBorrow() {
        while (true) {
            Held held = live.get();
            if (held == null) {
                return Optional.empty();
            }
            if (held.retain()) {
                return Optional.of(new Lease(held));
            }
        }
    }

    /** Makes {@code next} live and takes ownership of it. A closed slot closes it at once. */
    public void swap(ModelVersion version, TextModel next) {
        release(live.getAndSet(new Held(version, next)));
        if (closed) {
            release(live.getAndSet(null));
        }
    }

    /** Takes the live model away, should there be one; it closes when its last borrower has returned it. */
    public void empty() {
        release(live.getAndSet(null));
    }

    @Override
    public void close() {
        closed = true;
        release(live.getAndSet(null));
    }

    private static void release(@Nullable Held held) {
        if (held != null) {
            held.release();
        }
    }

    /** One borrowed model. */
    public static final class Lease implements AutoCloseable {
        private final Held held;
        private final AtomicBoolean returned = new AtomicBoolean();

        private Lease(Held held) {
            this.held = held;
        }

        public ModelVersion version() {
            return held.version;
        }

        public TextModel model() {
            return held.model;
        }

        @Override
        public void close() {
            if (returned.compareAndSet(false, true)) {
                held.release();
            }
        }
    }

    private static final class Held {
        private final ModelVersion version;
        private final TextModel model;
        private final AtomicInteger holders = new AtomicInteger(1); // the slot itself

        private Held(ModelVersion version, TextModel model) {
            this.version = version;
            this.model = model;
        }

        boolean retain() {
            return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
        }

        void release() {
            if (holders.decrementAndGet() == 0) {
                model.close();
            }
        }
    }
}
