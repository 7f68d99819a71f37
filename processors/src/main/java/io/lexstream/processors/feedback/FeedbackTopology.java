package io.lexstream.processors.feedback;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.apache.kafka.streams.state.Stores;

/**
 * The way of what the pipeline says: from feedback.analysis by product to the windows, from there to feedback.stats and
 * feedback.alerts. Two sub-topologies of their own; they share nothing with others but the client.
 */
public final class FeedbackTopology {
    static final String STATS = "feedback-stats";
    static final String ALERTS = "feedback-alerts";

    private static final String ANALYSIS = "feedback-analysis-in";
    private static final String CHANNEL = "feedback-channel";
    private static final String TO_PRODUCTS = "feedback-products";
    private static final String PRODUCTS = "feedback-products-in";
    private static final String WINDOWS = "feedback-window-counts";

    /** A text goes to its product's partition; how far time is, which has no key, goes to all. */
    private static final StreamPartitioner<byte[], byte[]> BY_PRODUCT =
            (topic, product, stamp, partitions) -> product == null ? Optional.of(all(partitions)) : Optional.empty();

    private FeedbackTopology() {}

    /** Adds it to {@code topology}; feedback.analysis may be written by another part of that, or by anyone. */
    public static void addTo(Topology topology, FeedbackFlow flow) {
        addTo(topology, flow, new FeedbackStores(Stores::persistentKeyValueStore));
    }

    static void addTo(Topology topology, FeedbackFlow flow, FeedbackStores stores) {
        Topics topics = flow.topics();
        TimestampExtractor times = new UsePartitionTimeOnInvalidTimestamp();
        topology.addSource(
                AutoOffsetReset.earliest(),
                ANALYSIS,
                times,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.feedbackAnalysis());
        AvroSerde<FeedbackAnalysis> analyses = AvroSerde.forValues(FeedbackAnalysis.class, flow.clientConfig());
        topology.addProcessor(
                CHANNEL,
                () -> new ChannelProcessor(
                        analyses.deserializer(),
                        topics.feedbackAnalysis(),
                        flow.windows().idle(),
                        flow.metrics()),
                ANALYSIS);
        topology.addStateStore(stores.ofChannel(), CHANNEL);
        topology.addSink(
                TO_PRODUCTS,
                topics.feedbackProducts(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                BY_PRODUCT,
                CHANNEL);

        topology.addSource(
                AutoOffsetReset.earliest(),
                PRODUCTS,
                times,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.feedbackProducts());
        topology.addProcessor(WINDOWS, () -> new WindowProcessor(flow), PRODUCTS);
        stores.ofWindows().forEach(store -> topology.addStateStore(store, WINDOWS));
        topology.addSink(STATS, topics.feedbackStats(), new ByteArraySerializer(), new ByteArraySerializer(), WINDOWS);
        topology.addSink(
                ALERTS, topics.feedbackAlerts(), new ByteArraySerializer(), new ByteArraySerializer(), WINDOWS);
    }

    private static Set<Integer> all(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
    }
}
