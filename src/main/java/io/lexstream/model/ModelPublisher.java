package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes versions and deployments to the model topics, each step one Kafka transaction.
 *
 * <p>Of all publishers of a cluster only the newest can write, which is what keeps two from overwriting each other:
 * open one, use it, close it. Every call may throw {@link ModelPublishException}, and has then written nothing, or a
 * {@link KafkaException} if the broker is in trouble. Used by one thread.
 */
public final class ModelPublisher implements AutoCloseable {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> values;
    private final ModelTopic models;
    private final BlobTopic blobs;
    private final Topics topics;
    private final Deployments deployments;
    private final PublisherSigning signing;
    private final BaseEncoders baseEncoders = BaseEncoders.onClassPath();
    private boolean ready;

    /**
     * Opens a writer of the topics.
     *
     * @param clientConfig Kafka client and schema registry settings (bootstrap.servers, schema.registry.url, ...)
     * @param trusted whose versions and deployments count, besides {@code key}'s
     * @param key signs what is written; without one, only what {@code trusted} accepts as it is can be written
     */
    public ModelPublisher(Map<String, ?> clientConfig, Topics topics, TrustedKeys trusted, Optional<SigningKey> key) {
        this(
                new TopicClients(clientConfig, topics, withOwn(trusted, key), DeploymentTimes.inMemory()).openWriter(),
                topics,
                Clock.systemUTC(),
                key);
    }

    /** Takes ownership of the clients. */
    ModelPublisher(TopicClients.Writer clients, Topics topics, Clock clock, Optional<SigningKey> key) {
        this.producer = clients.producer();
        this.values = clients.values();
        this.models = clients.readers().models();
        this.blobs = clients.readers().blobs();
        this.topics = topics;
        this.deployments = new Deployments(clock);
        this.signing = new PublisherSigning(models.catalog(), key);
    }

    static TrustedKeys withOwn(TrustedKeys trusted, Optional<SigningKey> key) {
        return key.map(trusted::and).orElse(trusted);
    }

    /**
     * Sends the chunks that are not there yet, and the manifest. The version does not serve before it is promoted. A
     * version that is there already with the same content is left as it is; with other content it is refused.
     */
    public ModelVersion publish(ModelPackage modelPackage) {
        return publish(modelPackage, Optional.empty());
    }

    /** As {@link #publish}, and makes the version the champion in the same transaction. */
    public ModelVersion publishAndPromote(ModelPackage modelPackage, String reason) {
        return publish(modelPackage, Optional.of(reason));
    }

    /** Makes a published version the champion. */
    public Deployment promote(String task, String version, String reason) {
        readTopic();
        requirePublished(task, version);
        Optional<Deployment> live = models.catalog().deployment(task);
        if (isChampion(version, live)) {
            return live.get();
        }
        return deploy(deployments.promotion(live, task, version, reason));
    }

    /** Makes the champion's predecessor the champion again. */
    public Deployment rollback(String task, String reason) {
        readTopic();
        Deployment live = models.catalog()
                .deployment(task)
                .orElseThrow(() -> new ModelPublishException(
                        "task " + task + " has no deployment to roll back; deployed are " + deployedTasks()));
        return deploy(deployments
                .rollback(live, models.catalog().versions(task), reason)
                .orElseThrow(() -> new ModelPublishException("cannot roll back " + task + "@" + live.getChampion()
                        + ": no earlier champion is on the topic; published are "
                        + models.catalog().versions(task))));
    }

    /**
     * Tries a published version beside the champion.
     *
     * @param mode CANARY: its share of the keys gets its results; SHADOW: nobody does
     * @param share of the keys (0 to 1) whose texts it reads
     */
    public Deployment challenge(String task, String version, DeploymentMode mode, double share, String reason) {
        if ((mode != DeploymentMode.CANARY && mode != DeploymentMode.SHADOW) || !(share > 0 && share <= 1)) {
            throw new ModelPublishException("a trial is CANARY or SHADOW for a share of the keys above 0 and up to 1,"
                    + " not " + mode + " for " + share);
        }
        readTopic();
        requirePublished(task, version);
        Deployment live = models.catalog()
                .deployment(task)
                .orElseThrow(() -> new ModelPublishException("task " + task + " has no champion that " + version
                        + " could be tried beside; promote a version first"));
        if (live.getChampion().equals(version)) {
            throw new ModelPublishException(task + "@" + version + " is the champion; there is nothing to try");
        }
        return deploy(deployments.trial(live, version, mode, share, reason));
    }

    /** Ends the trial of the task's challenger, should there be one: the champion serves alone. */
    public Deployment endTrial(String task, String reason) {
        readTopic();
        Deployment live = models.catalog()
                .deployment(task)
                .orElseThrow(() -> new ModelPublishException(
                        "task " + task + " has no deployment; deployed are " + deployedTasks()));
        return live.getChallenger().isEmpty() ? live : deploy(deployments.withoutTrial(live, reason));
    }

    /** Ends {@code trial}, and no other: empty if another deployment is live by now; then nothing is written. */
    public Optional<Deployment> endTrial(Deployment trial, String reason) {
        readTopic();
        return isLive(trial) ? Optional.of(deploy(deployments.withoutTrial(trial, reason))) : Optional.empty();
    }

    /** Makes the challenger of {@code trial} the champion, unless another deployment is live by now; then empty. */
    public Optional<Deployment> promoteChallenger(Deployment trial, String reason) {
        readTopic();
        if (!isLive(trial)) {
            return Optional.empty();
        }
        requirePublished(trial.getTask(), trial.getChallenger());
        return Optional.of(
                deploy(deployments.promotion(Optional.of(trial), trial.getTask(), trial.getChallenger(), reason)));
    }

    private boolean isLive(Deployment trial) {
        return models.catalog().deployment(trial.getTask()).equals(Optional.of(trial));
    }

    private ModelVersion publish(ModelPackage modelPackage, Optional<String> reasonToPromote) {
        readTopic();
        ModelVersion version = modelPackage.version();
        refuseOtherContent(version);
        Optional<Deployment> live = models.catalog().deployment(version.task());
        Optional<Deployment> next = reasonToPromote
                .filter(reason -> !isChampion(version.version(), live))
                .map(reason -> signing.signed(deployments.promotion(live, version.task(), version.version(), reason)));
        ModelManifest published = signing.signed(modelPackage.manifest());
        Map<String, List<Long>> present = new HashMap<>();
        Map<String, ModelFile> absent = new LinkedHashMap<>();
        locate(published, present, absent);
        inTransaction(version.toString(), transaction -> {
            Map<String, List<Long>> sent = new HashMap<>();
            for (ModelFile file : absent.values()) {
                sent.put(file.getSha256(), transaction.send(file, modelPackage.content(file)));
            }
            for (ModelManifest manifest : located(published, present, sent)) {
                putIfChanged(transaction, manifest);
            }
            next.ifPresent(deployment -> transaction.put(deployment.getTask(), deployment));
        });
        return version;
    }

    private void readTopic() {
        if (!ready) {
            producer.initTransactions(); // ends what an older publisher has begun, so that the topic stands still
            ready = true;
        }
        models.readToEnd(READ_TIMEOUT);
    }

    private void refuseOtherContent(ModelVersion version) {
        models.catalog()
                .acceptedManifest(version.task(), version.version())
                .map(ModelVersion::of)
                .filter(known -> !known.digest().equals(version.digest()))
                .ifPresent(known -> {
                    throw new ModelPublishException(version + " is published already with other content (digest "
                            + known.digest() + ", this package has " + version.digest()
                            + "): give the package a version of its own");
                });
    }

    /** Sorts the files that need to be on the topic into those that are, with their offsets, and those that are not. */
    private void locate(ModelManifest manifest, Map<String, List<Long>> present, Map<String, ModelFile> absent) {
        for (ModelFile file : manifest.getFiles()) {
            if (file.getBytes() > 0 && !baseEncoders.isBundled(file.getSha256())) {
                models.catalog().published(file.getSha256()).stream()
                        .filter(place -> place.getBytes() == file.getBytes() && isIntact(place))
                        .findFirst()
                        .ifPresentOrElse(
                                place -> present.put(file.getSha256(), place.getChunkOffsets()),
                                () -> absent.put(file.getSha256(), file));
            }
        }
    }

    /** Reads the file back: to know that every chunk is there is to have read every chunk. */
    private boolean isIntact(ModelFile file) {
        MessageDigest digest = Sha256.start();
        try {
            blobs.read(file, digest::update);
            return Sha256.finish(digest).equals(file.getSha256());
        } catch (ModelRejectedException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("a digest does no input or output", e);
        }
    }

    /** All manifests there will be. Chunks that had to be sent again have moved: older manifests must follow. */
    private Collection<ModelManifest> located(
            ModelManifest published, Map<String, List<Long>> present, Map<String, List<Long>> sent) {
        Map<String, ModelManifest> manifests = new LinkedHashMap<>();
        for (ModelManifest known : models.catalog().manifests()) {
            manifests.put(key(known), withOffsets(known, sent));
        }
        ModelManifest unlocated = ManifestJson.withoutOffsets(published);
        manifests.put(key(published), withOffsets(withOffsets(unlocated, present), sent));
        return manifests.values();
    }

    private static String key(ModelManifest manifest) {
        return ModelVersion.key(manifest.getTask(), manifest.getVersion());
    }

    private void putIfChanged(ModelTransaction transaction, ModelManifest manifest) {
        Optional<ModelManifest> known = models.catalog().manifest(manifest.getTask(), manifest.getVersion());
        if (!known.equals(Optional.of(manifest))) {
            transaction.put(key(manifest), manifest);
        }
    }

    private static ModelManifest withOffsets(ModelManifest manifest, Map<String, List<Long>> offsets) {
        ModelManifest copy = ManifestJson.copy(manifest);
        for (ModelFile file : copy.getFiles()) {
            file.setChunkOffsets(offsets.getOrDefault(file.getSha256(), file.getChunkOffsets()));
        }
        return copy;
    }

    private void requirePublished(String task, String version) {
        Optional<ModelManifest> manifest = models.catalog().manifest(task, version);
        if (manifest.isPresent()) {
            signing.requireTrusted(manifest.get());
        } else {
            throw new ModelPublishException("no version " + version + " of task " + task + " is published; known are "
                    + models.catalog().versions(task));
        }
    }

    private List<String> deployedTasks() {
        return models.catalog().deployments().keySet().stream().sorted().toList();
    }

    private static boolean isChampion(String version, Optional<Deployment> live) {
        return live.isPresent() && live.get().getChampion().equals(version);
    }

    private Deployment deploy(Deployment unsigned) {
        Deployment deployment = signing.signed(unsigned);
        inTransaction(
                deployment.getTask() + "@" + deployment.getChampion(),
                transaction -> transaction.put(deployment.getTask(), deployment));
        return deployment;
    }

    private interface Work {
        void in(ModelTransaction transaction) throws IOException;
    }

    /** Returns when other readers can see the transaction too. */
    private void inTransaction(String what, Work work) {
        try (var transaction = ModelTransaction.begin(producer, values, topics)) {
            work.in(transaction);
            models.readTo(transaction.commit(), Deadline.in(READ_TIMEOUT));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the files of " + what, e);
        } catch (KafkaException e) {
            throw isFenced(e)
                    ? new ModelPublishException(
                            what + " was not written: another publisher has taken over since this one was opened;"
                                    + " see what it wrote, then try again",
                            e)
                    : e;
        }
    }

    private static boolean isFenced(KafkaException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try (models;
                blobs;
                values) {
            producer.close();
        }
    }
}
