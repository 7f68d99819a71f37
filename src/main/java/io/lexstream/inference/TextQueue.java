package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Texts that wait for a worker: bounded, first come, first served, a window at a time.
 *
 * <p>A window is a worker's share of what waits, not all of it: the others get theirs, and everybody ends at about the
 * same time. Shares shrink with the backlog down to {@code smallestShareTokens}; a lone text goes at once.
 */
final class TextQueue {
    private final BatchSettings settings;
    private final int smallestShareTokens;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Queue<PendingText> waiting = new ArrayDeque<>();
    private long waitingTokens;
    private volatile boolean closed;

    TextQueue(BatchSettings settings) {
        this.settings = settings;
        // Below half a batch, a batch's own cost outweighs what another core gains.
        this.smallestShareTokens = Math.max(1, settings.batchTokens() / 2);
    }

    /** Puts the text at the end; waits while the queue is full. */
    void put(PendingText text) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull() && !closed) {
                notFull.await();
            }
            add(text);
        } finally {
            lock.unlock();
        }
    }

    /** Puts the text at the end, unless the queue is full. */
    boolean offer(PendingText text) {
        lock.lock();
        try {
            if (isFull() && !closed) {
                return false;
            }
            add(text);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next window: at least one text that somebody waits for; none once the queue is closed. */
    List<PendingText> take() {
        lock.lock();
        try {
            List<PendingText> window = List.of();
            while (window.isEmpty() && !closed) {
                if (waiting.isEmpty()) {
                    notEmpty.awaitUninterruptibly();
                } else {
                    window = nextWindow();
                }
            }
            return window;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes no more texts, and fails those that wait. */
    void close() {
        List<PendingText> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
            waitingTokens = 0;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(text -> text.fail(new InferenceException("the engine was closed before the text's turn")));
    }

    private boolean isFull() {
        return waiting.size() >= settings.queueTexts();
    }

    private void add(PendingText text) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        waiting.add(text);
        waitingTokens += text.estimatedTokens();
        notEmpty.signal();
    }

    private List<PendingText> nextWindow() {
        List<PendingText> window = new ArrayList<>(Math.min(waiting.size(), settings.windowTexts()));
        long limit = windowTokens();
        long tokens = 0;
        PendingText next = waiting.peek();
        while (next != null && window.size() < settings.windowTexts()) {
            if (!next.isDone()) {
                tokens += next.estimatedTokens();
                if (tokens > limit && !window.isEmpty()) {
                    break;
                }
                window.add(next);
            }
            waiting.remove();
            waitingTokens -= next.estimatedTokens();
            next = waiting.peek();
        }
        if (!waiting.isEmpty()) {
            notEmpty.signal();
        }
        notFull.signalAll();
        return window;
    }

    private long windowTokens() {
        long share = (waitingTokens + settings.workers() - 1) / settings.workers();
        return Math.min(settings.windowTokens(), Math.max(share, smallestShareTokens));
    }
}
