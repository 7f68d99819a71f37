package io.lexstream.model;

import io.lexstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Publishers and feeds around one fake cluster. */
final class ModelTopicsFixture {
    static final Topics TOPICS = Topics.defaults();
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Duration SOON = Duration.ofSeconds(5);

    final SigningKey key = SigningKey.generate();
    final FakeCluster cluster = new FakeCluster();
    final TaggedRecords values = new TaggedRecords();
    final FakeCluster.Producer producer = cluster.producer();
    private final Path directory;

    ModelTopicsFixture(Path directory) {
        this.directory = directory;
    }

    /** The store that packages are opened with; feeds have their own, empty one. */
    ContentStore localStore() {
        return new ContentStore(directory.resolve("local-store"));
    }

    ModelPackage newPackage(String task, String version, byte[] graph) throws Exception {
        String name = task + "-" + version + "-" + Sha256.of(graph).substring(0, 8);
        return Samples.write(directory.resolve(name), task, version, graph, localStore());
    }

    private TopicClients.Readers readers(TrustedKeys trusted, DeploymentTimes times) {
        return new TopicClients.Readers(
                new ModelTopic(
                        cluster.consumer(TOPICS.models(), true),
                        values,
                        TOPICS.models(),
                        new ModelCatalog(trusted, times)),
                new BlobTopic(cluster.consumer(TOPICS.modelBlobs(), false), TOPICS.modelBlobs(), SOON));
    }

    /** Signs with {@link #key}. */
    ModelPublisher publisher() {
        return publisher(producer);
    }

    /** Signs with {@link #key}. */
    ModelPublisher publisher(FakeCluster.Producer producer) {
        return publisher(producer, TrustedKeys.NONE, Optional.of(key));
    }

    ModelPublisher publisher(FakeCluster.Producer producer, TrustedKeys trusted, Optional<SigningKey> signer) {
        var readers = readers(ModelPublisher.withOwn(trusted, signer), DeploymentTimes.inMemory());
        var writer = new TopicClients.Writer(readers, producer, values);
        return new ModelPublisher(writer, TOPICS, Clock.fixed(NOW, ZoneOffset.UTC), signer);
    }

    /** Trusts {@link #key} alone. */
    ModelFeed feed() {
        return feed(TrustedKeys.of(key), DeploymentTimes.inMemory());
    }

    ModelFeed feed(TrustedKeys trusted, DeploymentTimes times) {
        TopicClients.Readers readers = readers(trusted, times);
        var store = new ContentStore(directory.resolve("feed-store"));
        return new ModelFeed(readers.models(), readers.blobs(), store, PackageLimits.DEFAULT);
    }

    /** Writes a record to the models topic, as anybody might. */
    void append(String recordKey, SpecificRecord value) {
        cluster.append(TOPICS.models(), recordKey, values.serialize(TOPICS.models(), value));
    }
}
