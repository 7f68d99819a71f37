package io.lexstream.processors;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a stream thread dies: another one takes its place, unless that cannot help, or did not help
 * often enough.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final int replacements;
    private final Clock clock;
    private final ProcessorMetrics metrics;
    private final Consumer<Throwable> onFailure;
    private final Deque<Instant> replaced = new ArrayDeque<>();

    /**
     * @param replacements threads replaced within ten minutes before the process gives up
     * @param onFailure hears why it gives up
     */
    FailurePolicy(int replacements, Clock clock, ProcessorMetrics metrics, Consumer<Throwable> onFailure) {
        this.replacements = replacements;
        this.clock = clock;
        this.metrics = metrics;
        this.onFailure = onFailure;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable e) {
        if (isTransient(e) && mayReplace()) {
            LOG.atWarn().setCause(e).log("stream thread failed and is replaced; its records are read again");
            metrics.threadReplaced();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        onFailure.accept(e);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private synchronized boolean mayReplace() {
        Instant now = clock.instant();
        while (!replaced.isEmpty() && replaced.peekFirst().isBefore(now.minus(PERIOD))) {
            replaced.removeFirst();
        }
        replaced.addLast(now);
        return replaced.size() <= replacements;
    }

    private static boolean isTransient(Throwable e) {
        return causes(e, Error.class)
                .or(() -> causes(e, MissingSourceTopicException.class))
                .or(() -> causes(e, AuthenticationException.class))
                .or(() -> causes(e, AuthorizationException.class))
                .isEmpty();
    }

    private static Optional<Throwable> causes(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
