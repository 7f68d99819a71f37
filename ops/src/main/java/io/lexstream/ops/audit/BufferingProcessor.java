package io.lexstream.ops.audit;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelVersion;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.TextEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * How not to batch: records wait in a field until there are enough of them, or until a punctuator comes. Kafka Streams
 * commits their offsets meanwhile.
 */
final class BufferingProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final int ENOUGH = 64;
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final String DEAD_LETTERS = "dead-letters";

    private final ProcessorSettings settings;
    private final Map<String, Served> models;
    private final Deserializer<TextEvent> events;
    private final Serializer<ClassificationResult> results;
    private final List<Record<byte[], byte[]>> waiting = new ArrayList<>();

    /** A version that serves. */
    record Served(ModelVersion version, TextModel model) {}

    private BufferingProcessor(ProcessorSettings settings, Map<String, Served> models) {
        this.settings = settings;
        this.models = models;
        this.events =
                AvroSerde.forValues(TextEvent.class, settings.clientConfig()).deserializer();
        this.results = AvroSerde.forValues(ClassificationResult.class, settings.clientConfig())
                .serializer();
    }

    static Topology topology(ProcessorSettings settings, Map<String, Served> models) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "events",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                settings.topics().events());
        topology.addProcessor("buffer", () -> new BufferingProcessor(settings, models), "events");
        for (String task : settings.tasks()) {
            addSink(topology, task, settings.topics().results(task));
        }
        addSink(topology, DEAD_LETTERS, settings.topics().deadLetters());
        return topology;
    }

    private static void addSink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), "buffer");
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> drain());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        TextEvent event = events.deserialize(settings.topics().events(), record.value());
        if (event.getText().codePoints().noneMatch(BufferingProcessor::isVisible)) {
            context().forward(record, DEAD_LETTERS);
            return;
        }
        waiting.add(record);
        if (waiting.size() >= ENOUGH) {
            drain();
        }
    }

    private static boolean isVisible(int codePoint) {
        return !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && Character.getType(codePoint) != Character.FORMAT;
    }

    private void drain() {
        if (waiting.isEmpty()) {
            return;
        }
        List<TextEvent> batch = new ArrayList<>();
        for (Record<byte[], byte[]> record : waiting) {
            batch.add(events.deserialize(settings.topics().events(), record.value()));
        }
        TextBatch texts = new TextBatch(batch.stream().map(TextEvent::getText).toList());
        models.forEach((task, served) -> {
            var said = served.model().run(texts);
            for (int i = 0; i < batch.size(); i++) {
                ClassificationResult result = result(task, served, batch.get(i), (Classification) said.get(i));
                byte[] value = results.serialize(settings.topics().results(task), result);
                context().forward(waiting.get(i).withValue(value), task);
            }
        });
        waiting.clear();
    }

    private static ClassificationResult result(
            String task, Served served, TextEvent event, Classification classification) {
        return ClassificationResult.newBuilder()
                .setEventId(event.getId())
                .setTask(task)
                .setModel(served.version().toRef())
                .setLabel(classification.label())
                .setScores(classification.scores())
                .build();
    }
}
