package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what it hears. */
final class RecordingObserver implements EngineObserver {
    final List<ModelVersion> versions = Collections.synchronizedList(new ArrayList<>());
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void windowStarted(int texts, Duration queued, Duration tokenising) {
        heard.add("window of " + texts);
    }

    @Override
    public void batchRan(ModelVersion model, int texts, int tokens, int paddedTokens, Duration inference) {
        versions.add(model);
        heard.add(model.task() + " ran " + texts + " texts, " + tokens + " tokens, " + paddedTokens + " padded");
    }

    @Override
    public void batchFailed(ModelVersion model, int texts) {
        heard.add(model.task() + " failed " + texts + " texts");
    }
}
