package io.lexstream.inference;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a thread at a point of a test until the test lets it go. */
final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits here until the gate is open. */
    void pass() {
        reached.countDown();
        await(opened);
    }

    /** Waits until somebody stands at the gate. */
    void awaitReached() {
        await(reached);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited too long at a gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted at a gate", e);
        }
    }
}
