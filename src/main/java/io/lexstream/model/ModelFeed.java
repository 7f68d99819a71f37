package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the model topics: what is deployed, which versions there are, and their files. Used by one thread. */
public final class ModelFeed implements AutoCloseable {
    private final ModelTopic models;
    private final BlobTopic blobs;
    private final ContentStore store;
    private final PackageLimits limits;

    /**
     * As the longer constructor, with {@link PackageLimits#DEFAULT}, and with no memory of deployments seen before: for
     * whoever only looks.
     */
    public ModelFeed(Map<String, ?> clientConfig, Topics topics, ContentStore store, TrustedKeys trusted) {
        this(clientConfig, topics, store, trusted, DeploymentTimes.inMemory(), PackageLimits.DEFAULT);
    }

    /**
     * Opens a reader of the topics.
     *
     * @param clientConfig Kafka client and schema registry settings (bootstrap.servers, schema.registry.url, ...)
     * @param trusted whose versions and deployments count
     * @param times of deployments accepted before, so that no older one comes back
     */
    public ModelFeed(
            Map<String, ?> clientConfig,
            Topics topics,
            ContentStore store,
            TrustedKeys trusted,
            DeploymentTimes times,
            PackageLimits limits) {
        this(new TopicClients(clientConfig, topics, trusted, times).openReaders(), store, limits);
    }

    private ModelFeed(TopicClients.Readers readers, ContentStore store, PackageLimits limits) {
        this(readers.models(), readers.blobs(), store, limits);
    }

    /** Takes ownership of both readers. */
    ModelFeed(ModelTopic models, BlobTopic blobs, ContentStore store, PackageLimits limits) {
        this.models = models;
        this.blobs = blobs;
        this.store = store;
        this.limits = limits;
    }

    /**
     * Reads all that was committed when the call came. Returns the live deployments.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if the topic could not be read in time
     */
    public List<Deployment> readToEnd(Duration timeout) {
        models.readToEnd(timeout);
        models.forgetChanges();
        return List.copyOf(models.catalog().deployments().values());
    }

    /** Deployments that arrived since the last call; waits at most {@code timeout}. */
    public List<Deployment> poll(Duration timeout) {
        return models.poll(timeout);
    }

    /** All published versions, also those that nobody trusted signed: these cannot be fetched. */
    public List<ModelManifest> manifests() {
        return models.catalog().manifests();
    }

    public Map<String, Deployment> deployments() {
        return models.catalog().deployments();
    }

    public Optional<ModelManifest> manifest(String task, String version) {
        return models.catalog().manifest(task, version);
    }

    /** What records were passed over since the last call, and why, oldest first. */
    public List<Refusal> refusals() {
        return models.refusals();
    }

    /** Records of the models topic that were passed over: unsigned, undecodable, contradictory or replayed. */
    public long skippedRecords() {
        return models.skipped();
    }

    /**
     * Fetches the files of a version that are not in the store yet, and verifies all.
     *
     * @throws ModelRejectedException if no trusted key signed it, a chunk is missing, truncated or doubled, or a digest
     *     is wrong
     * @throws org.apache.kafka.common.KafkaException if the broker is in trouble, which says nothing of the model
     */
    public ModelPackage fetch(ModelManifest manifest) throws ModelRejectedException {
        models.catalog().trusted().require(manifest);
        ManifestCheck.check(manifest, limits);
        Map<String, Path> content = new HashMap<>();
        try {
            for (ModelFile file : manifest.getFiles()) {
                Optional<Path> known = store.find(file.getSha256());
                Path path = known.isPresent() ? known.get() : download(file);
                content.put(file.getSha256(), ModelPackage.checkLength(file, path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store the files of " + ModelVersion.of(manifest), e);
        } catch (ModelRejectedException e) {
            throw new ModelRejectedException(ModelVersion.of(manifest) + ": " + e.getMessage(), e);
        }
        return ModelPackage.ofVerified(manifest, content);
    }

    private Path download(ModelFile file) throws IOException, ModelRejectedException {
        if (file.getChunkOffsets().isEmpty() && file.getBytes() > 0) {
            throw new ModelRejectedException("file " + file.getPath()
                    + " is neither on the topic nor a base encoder that this build knows (sha256 " + file.getSha256()
                    + ")");
        }
        try (IncomingFile incoming = store.receive(file.getSha256(), file.getBytes())) {
            blobs.read(file, chunk -> incoming.write(chunk, chunk.length));
            return store.keep(incoming, file.getSha256());
        }
    }

    /**
     * Makes a running {@link #poll} return, or a running {@link #readToEnd} throw {@code WakeupException}; the only
     * call that another thread may make.
     */
    public void wakeup() {
        models.wakeup();
    }

    @Override
    public void close() {
        try (models) {
            blobs.close();
        }
    }
}
