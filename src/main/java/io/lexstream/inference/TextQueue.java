package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Texts that wait for a worker: bounded, first come, first served, a window at a time; the next texts of events that
 * have begun come before those of events that have not.
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
    /** Follow-ups of events that were admitted: they go first. */
    private final Queue<PendingText> admitted = new ArrayDeque<>();

    private final Queue<PendingText> waiting = new ArrayDeque<>();
    private long waitingTokens;
    private volatile boolean closed;

    TextQueue(BatchSettings settings) {
        this.settings = settings;
        // Below half a batch, a batch's own cost outweighs what another core gains.
        this.smallestShareTokens = Math.max(1, settings.batchTokens() / 2);
    }

    /** Puts an event's first texts at the end; waits while the queue is full. */
    void put(List<PendingText> texts) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull() && !closed) {
                notFull.await();
            }
            add(waiting, texts);
        } finally {
            lock.unlock();
        }
    }

    /** Puts an event's first texts at the end, unless the queue is full. */
    boolean offer(List<PendingText> texts) {
        lock.lock();
        try {
            if (isFull() && !closed) {
                return false;
            }
            add(waiting, texts);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts the next texts of admitted events before those that wait, full or not: what was admitted must be able to
     * end, and no worker may wait for room that only workers make. Fails them once the queue is closed.
     */
    void goOn(List<PendingText> texts) {
        lock.lock();
        try {
            if (!closed) {
                add(admitted, texts);
                return;
            }
        } finally {
            lock.unlock();
        }
        failClosed(texts);
    }

    /** The next window: at least one text that somebody waits for; none once the queue is closed. */
    List<PendingText> take() {
        lock.lock();
        try {
            List<PendingText> window = List.of();
            while (window.isEmpty() && !closed) {
                if (count() == 0) {
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
            return count();
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
            left = new ArrayList<>(admitted);
            left.addAll(waiting);
            admitted.clear();
            waiting.clear();
            waitingTokens = 0;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
        failClosed(left);
    }

    private static void failClosed(List<PendingText> texts) {
        texts.forEach(text -> text.fail(new InferenceException("the engine was closed before the text's turn")));
    }

    private int count() {
        return admitted.size() + waiting.size();
    }

    private boolean isFull() {
        return count() >= settings.queueTexts();
    }

    private void add(Queue<PendingText> queue, List<PendingText> texts) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        queue.addAll(texts);
        texts.forEach(text -> waitingTokens += text.estimatedTokens());
        notEmpty.signal();
    }

    private List<PendingText> nextWindow() {
        List<PendingText> window = new ArrayList<>(Math.min(count(), settings.windowTexts()));
        long limit = windowTokens();
        long tokens = 0;
        PendingText next = next().peek();
        while (next != null && window.size() < settings.windowTexts()) {
            if (!next.isDone()) {
                tokens += next.estimatedTokens();
                if (tokens > limit && !window.isEmpty()) {
                    break;
                }
                window.add(next);
            }
            next().remove();
            waitingTokens -= next.estimatedTokens();
            next = next().peek();
        }
        if (count() > 0) {
            notEmpty.signal();
        }
        notFull.signalAll();
        return window;
    }

    private Queue<PendingText> next() {
        return admitted.isEmpty() ? waiting : admitted;
    }

    private long windowTokens() {
        long share = (waitingTokens + settings.workers() - 1) / settings.workers();
        return Math.min(settings.windowTokens(), Math.max(share, smallestShareTokens));
    }
}
