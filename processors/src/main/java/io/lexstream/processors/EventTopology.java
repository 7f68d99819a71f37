package io.lexstream.processors;

import io.lexstream.processors.InferenceProcessor.Flow;
import io.lexstream.schemas.Topics;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The way of an event: from the input topic through one processor to a topic for each task and the pipeline's, or to
 * the dead letters; and beside them, what people should know.
 *
 * <p>Keys and values are bytes throughout: the processor decodes by itself, because a dead letter needs the original
 * bytes and a precise reason.
 */
final class EventTopology {
    static final String DEAD_LETTERS = "dead-letters";
    static final String REVIEW = "review";
    static final String DRIFT = "drift";
    static final String ANALYSIS = "analysis";
    private static final String EVENTS = "events";
    private static final String INFERENCE = "inference";

    private EventTopology() {}

    static Topology build(Flow flow, List<String> tasks, Clock clock) {
        Topics topics = flow.topics();
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                EVENTS,
                new BoundedTimestamps(clock),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.events());
        topology.addProcessor(INFERENCE, () -> new InferenceProcessor(flow), EVENTS);
        for (String task : tasks) {
            addSink(topology, sink(task), topics.results(task));
        }
        addSink(topology, DEAD_LETTERS, topics.deadLetters());
        addSink(topology, REVIEW, topics.review());
        addSink(topology, DRIFT, topics.drift());
        if (flow.analyses().isPresent()) {
            addSink(topology, ANALYSIS, topics.feedbackAnalysis());
        }
        return topology;
    }

    /** The node that writes the results of {@code task}. */
    static String sink(String task) {
        return "results-" + task;
    }

    private static void addSink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), INFERENCE);
    }
}
