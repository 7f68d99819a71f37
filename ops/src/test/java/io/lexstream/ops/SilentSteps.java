package io.lexstream.ops;

import io.lexstream.ops.local.Steps;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** A start of which nobody hears, and which nobody calls off. */
final class SilentSteps implements Steps {
    @Override
    public <T> T run(String name, Callable<T> step, Function<T, String> said) throws Exception {
        return step.call();
    }

    @Override
    public void check() {}
}
