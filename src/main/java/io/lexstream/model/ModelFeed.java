package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the model topics: what is deployed, which versions there are, and their files. Used by one thread. */
public final class ModelFeed implements AutoCloseable {
    /** @param clientConfig Kafka client and schema registry settings (bootstrap.servers, schema.registry.url, ...) */
    public ModelFeed(Map<String, ?> clientConfig, Topics topics, ContentStore store) {
        throw new UnsupportedOperationException();
    }

    /** Reads all that was committed when the call came. Returns the live deployments. */
    public List<Deployment> readToEnd(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Deployments that arrived since the last call; waits at most {@code timeout}. */
    public List<Deployment> poll(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    public List<ModelManifest> manifests() {
        throw new UnsupportedOperationException();
    }

    public Map<String, Deployment> deployments() {
        throw new UnsupportedOperationException();
    }

    public Optional<ModelManifest> manifest(String task, String version) {
        throw new UnsupportedOperationException();
    }

    /**
     * Fetches the files of a version that are not in the store yet, and verifies all.
     *
     * @throws ModelRejectedException if a chunk is missing, truncated or doubled, or a digest is wrong
     */
    public ModelPackage fetch(ModelManifest manifest) throws ModelRejectedException {
        throw new UnsupportedOperationException();
    }

    /** Makes a running {@link #poll} return; the only call that another thread may make. */
    public void wakeup() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
