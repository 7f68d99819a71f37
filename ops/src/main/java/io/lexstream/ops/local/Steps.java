package io.lexstream.ops.local;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Hears which step of a start is done; may call the rest off. */
public interface Steps {
    /**
     * Runs one step.
     *
     * @param said what its result means for people
     * @throws CancellationException instead, if the start was called off
     */
    <T> T run(String name, Callable<T> step, Function<T, String> said) throws Exception;

    /**
     * Returns if the start goes on.
     *
     * @throws CancellationException if it was called off
     */
    void check();
}
