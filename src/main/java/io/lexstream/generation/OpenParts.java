package io.lexstream.generation;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened so far, closed together: in reverse order. */
final class OpenParts implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();

    void add(Runnable closing) {
        closings.push(closing);
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
