package io.lexstream.processors;

import io.lexstream.inference.ModelOpener;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.Refusal;
import io.lexstream.model.TrainingProfile;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Models from the model topics. */
final class TopicModelSource implements ModelSource {
    private final ModelFeed feed;
    private final ModelOpener opener;

    /** Takes ownership of {@code feed}, not of {@code opener}: models outlive the watcher. */
    TopicModelSource(ModelFeed feed, ModelOpener opener) {
        this.feed = feed;
        this.opener = opener;
    }

    @Override
    public List<Deployment> readToEnd(Duration timeout) {
        return feed.readToEnd(timeout);
    }

    @Override
    public List<Deployment> poll(Duration timeout) {
        return feed.poll(timeout);
    }

    @Override
    public List<Refusal> refusals() {
        return feed.refusals();
    }

    @Override
    public Optional<ModelVersion> published(String task, String version) {
        return feed.manifest(task, version).map(ModelVersion::of);
    }

    @Override
    public OpenedModel open(String task, String version) throws ModelRejectedException {
        ModelManifest manifest = feed.manifest(task, version)
                .orElseThrow(() -> new ModelRejectedException(task + "@" + version + " was never published"));
        ModelPackage fetched = feed.fetch(manifest);
        Optional<TrainingProfile> profile = fetched.profile();
        try {
            return new OpenedModel(fetched.version(), opener.open(fetched), profile);
        } catch (RuntimeException e) {
            // Not foreseen, but its files are verified and at hand: trying again would not help.
            throw new ModelRejectedException(fetched.version() + " cannot be opened: " + e, e);
        }
    }

    @Override
    public void wakeup() {
        feed.wakeup();
    }

    @Override
    public void close() {
        feed.close();
    }
}
