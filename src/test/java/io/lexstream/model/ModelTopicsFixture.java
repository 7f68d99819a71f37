package io.lexstream.model;

import io.lexstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Publishers and feeds around one fake cluster. */
final class ModelTopicsFixture {
    static final Topics TOPICS = Topics.defaults();
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Duration SOON = Duration.ofSeconds(5);

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

    private TopicClients.Readers readers() {
        return new TopicClients.Readers(
                new ModelTopic(cluster.consumer(TOPICS.models(), true), values, TOPICS.models()),
                new BlobTopic(cluster.consumer(TOPICS.modelBlobs(), false), TOPICS.modelBlobs(), SOON));
    }

    ModelPublisher publisher() {
        return publisher(producer);
    }

    ModelPublisher publisher(FakeCluster.Producer producer) {
        var writer = new TopicClients.Writer(readers(), producer, values);
        return new ModelPublisher(writer, TOPICS, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    ModelFeed feed() {
        return feed(PackageLimits.DEFAULT);
    }

    ModelFeed feed(PackageLimits limits) {
        TopicClients.Readers readers = readers();
        var store = new ContentStore(directory.resolve("feed-store"));
        return new ModelFeed(readers.models(), readers.blobs(), store, limits);
    }
}
