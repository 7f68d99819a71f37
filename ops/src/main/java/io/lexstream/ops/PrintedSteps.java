package io.lexstream.ops;

import io.lexstream.ops.local.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Prints each step when it is done and how long it took; a request to stop calls the rest off. */
final class PrintedSteps implements Steps {
    private final Shell shell;
    private final Shutdown shutdown;

    PrintedSteps(Shell shell, Shutdown shutdown) {
        this.shell = shell;
        this.shutdown = shutdown;
    }

    @Override
    public <T> T run(String name, Callable<T> step, Function<T, String> said) throws Exception {
        check();
        Instant started = Instant.now();
        T result = step.call();
        double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
        String time = String.format(Locale.ROOT, "%5.1f s", seconds);
        shell.out().println(String.format("  %-10s %s  %s", name, shell.style().dim(time), said.apply(result)));
        return result;
    }

    @Override
    public void check() {
        if (shutdown.requested()) {
            throw new CancellationException("stopped");
        }
    }
}
