package io.lexstream.processors;

import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.Refusal;
import io.lexstream.model.TrainingProfile;
import io.lexstream.schemas.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the watcher learns what is deployed, and gets models from: the model topics, or a test. Used by one thread. */
interface ModelSource extends AutoCloseable {
    /** Reads all that there is now. Returns the live deployments. */
    List<Deployment> readToEnd(Duration timeout);

    /** Deployments that arrived since the last call, oldest first; waits at most {@code timeout}. */
    List<Deployment> poll(Duration timeout);

    /** What did not count among the records since the last call, oldest first. */
    List<Refusal> refusals();

    /** What is published under that name, whether it may serve or not. */
    Optional<ModelVersion> published(String task, String version);

    /** What is to be said of a version that was rejected. */
    default Refusal refusal(String task, String version, ModelRejectedException why) {
        ModelVersion offered = published(task, version).orElseGet(() -> new ModelVersion(task, "", version, ""));
        return new Refusal(offered, why.rejection(), String.valueOf(why.getMessage()));
    }

    /**
     * Fetches, verifies, opens, warms up and checks a version. The caller owns the model.
     *
     * @throws ModelRejectedException if the version must not serve
     */
    OpenedModel open(String task, String version) throws ModelRejectedException;

    /** Makes a running {@link #poll} return; the only call that another thread may make. */
    void wakeup();

    @Override
    void close();

    /**
     * A model that may serve.
     *
     * @param profile what its training texts were like, if the package says so
     */
    record OpenedModel(ModelVersion version, TextModel model, Optional<TrainingProfile> profile) {}
}
