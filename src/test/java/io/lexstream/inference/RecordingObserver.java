package io.lexstream.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what it hears. */
final class RecordingObserver implements EngineObserver {
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void windowStarted(int texts, Duration queued, Duration tokenising) {
        heard.add("window of " + texts);
    }

    @Override
    public void batchRan(String task, int texts, int tokens, int paddedTokens, Duration inference) {
        heard.add(task + " ran " + texts + " texts, " + tokens + " tokens, " + paddedTokens + " padded");
    }

    @Override
    public void batchFailed(String task, int texts) {
        heard.add(task + " failed " + texts + " texts");
    }
}
