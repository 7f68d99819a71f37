package io.lexstream.processors;

/** Waiting for threads to end. */
final class Threads {
    private Threads() {}

    /** Waits to the end even if interrupted: who closes a thread's resources next must not find it using them. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
