package io.lexstream.ops.demo;

import io.lexstream.ops.records.EventSender;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends the demo messages over and over at an even pace, on a thread of its own. */
public final class DemoFeed implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final DemoMessages messages;
    private final EventSender sender;
    private final long nanosBetween;
    private final Clock clock;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "demo-feed");

    private DemoFeed(
            DemoMessages messages, EventSender sender, double perSecond, Clock clock, Consumer<Throwable> onFailure) {
        this.messages = messages;
        this.sender = sender;
        this.nanosBetween = (long) (NANOS_PER_SECOND / perSecond);
        this.clock = clock;
        this.onFailure = onFailure;
    }

    /**
     * Starts the thread.
     *
     * @param sender is closed with the feed
     * @param perSecond messages a second
     * @param onFailure told if messages can no longer be sent; the feed has ended then
     */
    public static DemoFeed start(
            DemoMessages messages, EventSender sender, double perSecond, Clock clock, Consumer<Throwable> onFailure) {
        DemoFeed feed = new DemoFeed(messages, sender, perSecond, clock, onFailure);
        feed.thread.start();
        return feed;
    }

    private void run() {
        String run = Long.toString(clock.instant().getEpochSecond(), Character.MAX_RADIX);
        try {
            long due = System.nanoTime();
            for (long number = 0; !stopsBefore(due); number++) {
                sender.send(messages.event(number, run, clock.instant()));
                // A message that is late does not hurry the next ones.
                due = Math.max(due, System.nanoTime() - nanosBetween) + nanosBetween;
            }
        } catch (RuntimeException e) {
            onFailure.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; then end as if stopped
        }
    }

    /** Waits for the moment {@code due}; true if the feed is stopped before. */
    private boolean stopsBefore(long due) throws InterruptedException {
        return stopped.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then do not wait; the sender ends the thread's last call
        }
        sender.close();
    }
}
