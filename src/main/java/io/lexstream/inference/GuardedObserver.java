package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose failures end here: metrics must not cost a text its result. The first one is logged. */
final class GuardedObserver implements EngineObserver {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final EngineObserver observer;
    private final AtomicBoolean failed = new AtomicBoolean();

    GuardedObserver(EngineObserver observer) {
        this.observer = observer;
    }

    @Override
    public void windowStarted(int texts, Duration queued, Duration tokenising) {
        guard(() -> observer.windowStarted(texts, queued, tokenising));
    }

    @Override
    public void batchRan(ModelVersion model, int texts, int tokens, int paddedTokens, Duration inference) {
        guard(() -> observer.batchRan(model, texts, tokens, paddedTokens, inference));
    }

    @Override
    public void batchFailed(ModelVersion model, int texts) {
        guard(() -> observer.batchFailed(model, texts));
    }

    private void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            if (failed.compareAndSet(false, true)) {
                LOG.atWarn().setCause(e).log("the engine's observer failed; further failures are not logged");
            }
        }
    }
}
