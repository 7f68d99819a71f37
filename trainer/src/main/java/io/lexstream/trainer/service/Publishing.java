package io.lexstream.trainer.service;

import io.lexstream.model.ModelPublisher;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens publishers, one at a time, and closes each after its use: of all open ones only the newest can write, so a run
 * that publishes and a trial that is decided would cut each other off. Any thread may use it.
 */
public final class Publishing {
    private final Supplier<ModelPublisher> publishers;
    private final ReentrantLock turn = new ReentrantLock();

    Publishing(Supplier<ModelPublisher> publishers) {
        this.publishers = publishers;
    }

    /** @throws io.lexstream.model.ModelPublishException if nothing was written */
    <T> T with(Function<ModelPublisher, T> work) {
        turn.lock();
        try (ModelPublisher publisher = publishers.get()) {
            return work.apply(publisher);
        } finally {
            turn.unlock();
        }
    }
}
