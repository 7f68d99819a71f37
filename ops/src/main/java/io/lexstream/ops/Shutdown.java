package io.lexstream.ops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Turns the first INT or TERM into a request to stop, and a second one into an immediate end.
 *
 * <p>The JVM's own handling would run its shutdown hooks while models run, and ONNX Runtime's hook then crashes the
 * process. Here the command's own thread stops what it started, in order, and only then exits.
 */
final class Shutdown implements AutoCloseable {
    /** What a shell adds to a signal's number to make an exit code of it. */
    private static final int SIGNALLED = 128;

    private final CompletableFuture<Optional<Throwable>> request = new CompletableFuture<>();
    private final List<CompletableFuture<Void>> failures = new ArrayList<>();
    private final IntConsumer halt;
    private final Runnable onSignal;
    private Runnable restore = () -> {};

    /** @param halt ends the process at once with an exit code, without shutdown hooks */
    Shutdown(IntConsumer halt, Runnable onSignal) {
        this.halt = halt;
        this.onSignal = onSignal;
    }

    /**
     * Ends the process at INT and TERM without its shutdown hooks: right for commands that leave nothing half done.
     *
     * @param last what is done before
     */
    static void endAtOnce(Runnable last) {
        for (String signal : List.of("INT", "TERM")) {
            Signals.handle(signal, number -> {
                last.run();
                Runtime.getRuntime().halt(SIGNALLED + number);
            });
        }
    }

    /** Handles INT and TERM until closed; {@code onSignal} is told of the first. */
    static Shutdown listen(Runnable onSignal) {
        Shutdown shutdown = new Shutdown(code -> Runtime.getRuntime().halt(code), onSignal);
        Runnable interrupt = Signals.handle("INT", shutdown::signalled);
        Runnable terminate = Signals.handle("TERM", shutdown::signalled);
        shutdown.restore = () -> {
            interrupt.run();
            terminate.run();
        };
        return shutdown;
    }

    void signalled(int number) {
        if (request.complete(Optional.empty())) {
            onSignal.run();
        } else {
            halt.accept(SIGNALLED + number);
        }
    }

    /** Asks to stop, because the work is done. */
    void request() {
        request.complete(Optional.empty());
    }

    /** Asks to stop, because a part has failed. */
    void fail(Throwable reason) {
        request.complete(Optional.of(reason));
    }

    /** Asks to stop when {@code failure} is done, with the reason that it holds. */
    void on(CompletableFuture<Throwable> failure) {
        failures.add(failure.thenAccept(this::fail));
    }

    boolean requested() {
        return request.isDone();
    }

    /**
     * Waits until somebody asks to stop.
     *
     * @throws CommandException if a part has failed
     */
    void await() throws InterruptedException {
        try {
            rethrow(request.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the future is never completed so
        }
    }

    /** As {@link #await}, but for at most {@code timeout}. Returns whether somebody asked. */
    boolean await(Duration timeout) throws InterruptedException {
        try {
            rethrow(request.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the future is never completed so
        }
    }

    private static void rethrow(Optional<Throwable> failure) {
        if (failure.isPresent()) {
            throw new CommandException(Failures.describe(failure.get()), failure.get());
        }
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        restore.run();
    }
}
