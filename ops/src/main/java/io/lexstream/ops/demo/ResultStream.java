package io.lexstream.ops.demo;

import io.lexstream.ops.records.DeadLetterHeaders;
import io.lexstream.ops.records.TopicReader;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** What comes out of the processors from now on: whole events and dead letters, as they are committed. */
public final class ResultStream implements AutoCloseable {
    private final TopicReader reader;
    private final Deserializer<SpecificRecord> results;
    private final EventAssembly assembly;

    private ResultStream(TopicReader reader, Deserializer<SpecificRecord> results, EventAssembly assembly) {
        this.reader = reader;
        this.results = results;
        this.assembly = assembly;
    }

    public static ResultStream open(Map<String, Object> clientConfig, Topics topics, List<String> tasks) {
        List<String> names = new ArrayList<>(tasks.stream().map(topics::results).toList());
        names.add(topics.deadLetters());
        Deserializer<SpecificRecord> results =
                AvroSerde.<SpecificRecord>forValues(clientConfig).deserializer();
        return new ResultStream(TopicReader.open(clientConfig, names, false), results, new EventAssembly(tasks));
    }

    /** Hears what came. */
    public interface Listener {
        void enriched(EnrichedEvent event);

        void dead(String key, DeadLetterHeaders deadLetter);
    }

    /** Waits at most {@code timeout} for something to come. */
    public void poll(Duration timeout, Listener listener) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(timeout)) {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            var deadLetter = DeadLetterHeaders.of(record.headers());
            if (deadLetter.isPresent()) {
                listener.dead(key, deadLetter.get());
            } else {
                TaskAnswer answer = TaskAnswer.of(results.deserialize(record.topic(), record.value()));
                assembly.add(key, answer).ifPresent(listener::enriched);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
