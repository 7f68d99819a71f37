package io.lexstream.trainer.service;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** The versions that serve now. Used by one thread. */
final class Champions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ModelFeed feed;

    private Champions(ModelFeed feed) {
        this.feed = feed;
    }

    static Champions open(TrainerSettings settings, ContentStore store) {
        ModelFeed feed = new ModelFeed(settings.clientConfig(), settings.topics(), store, settings.trust());
        try {
            feed.readToEnd(PATIENCE);
            return new Champions(feed);
        } catch (RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    /** Takes note of what has been deployed since. */
    void step() {
        feed.poll(Duration.ZERO);
    }

    /** Takes note of all that has been deployed by now. */
    void catchUp() {
        feed.readToEnd(PATIENCE);
    }

    /** What is live, of all tasks. */
    Collection<Deployment> deployments() {
        return feed.deployments().values();
    }

    /** What labels are to the version that serves; any label is taken if none does. */
    LabelForm form(String task) {
        return manifest(task).map(LabelForm::of).orElseGet(LabelForm::any);
    }

    /** The version that serves, to the latest. */
    Optional<String> version(String task) {
        catchUp();
        return Optional.ofNullable(feed.deployments().get(task)).map(Deployment::getChampion);
    }

    /** Whether a version is on trial beside the one that serves. */
    boolean isTrying(String task) {
        Deployment live = feed.deployments().get(task);
        return live != null && !live.getChallenger().isEmpty();
    }

    boolean isPublished(String task, String version) {
        return feed.manifest(task, version).isPresent();
    }

    /** Fetches a version. */
    Optional<ModelPackage> fetch(String task, String version) throws ModelRejectedException {
        Optional<ModelManifest> manifest = feed.manifest(task, version);
        return manifest.isEmpty() ? Optional.empty() : Optional.of(feed.fetch(manifest.get()));
    }

    private Optional<ModelManifest> manifest(String task) {
        Deployment live = feed.deployments().get(task);
        return live == null ? Optional.empty() : feed.manifest(task, live.getChampion());
    }

    @Override
    public void close() {
        feed.close();
    }
}
