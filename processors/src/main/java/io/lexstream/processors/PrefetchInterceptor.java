package io.lexstream.processors;

import io.lexstream.events.Decoded;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.Source;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every poll of a stream thread before its records are processed one by one, and hands all of them to the engine:
 * this is where batches come from.
 */
public final class PrefetchInterceptor implements ConsumerInterceptor<byte[], byte[]> {
    /** The consumer setting under which the {@link Prefetch} is handed in. */
    static final String PREFETCH = "lexstream.prefetch";

    private static final Logger LOG = LoggerFactory.getLogger(PrefetchInterceptor.class);

    private Optional<Prefetch> prefetch = Optional.empty();

    /** What is prefetched, and where to. */
    record Prefetch(String topic, EventDecoder decoder, EventChains chains, PrefetchTable table) {}

    @Override
    public void configure(Map<String, ?> config) {
        prefetch = Optional.ofNullable((Prefetch) config.get(PREFETCH));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
        prefetch.ifPresent(to -> {
            try {
                polled.records(to.topic).forEach(record -> submit(to, record));
            } catch (RuntimeException e) {
                // The registry does not answer, or the engine is closed. process() meets the same record next, and can
                // fail; here the consumer would swallow the exception.
                LOG.atWarn()
                        .addKeyValue("topic", to.topic)
                        .setCause(e)
                        .log("prefetch stopped; the rest of this poll is inferred one by one");
            }
        });
        return polled;
    }

    private static void submit(Prefetch to, ConsumerRecord<byte[], byte[]> record) {
        Source source = new Source(record.topic(), record.partition(), record.offset());
        if (to.decoder.decode(source, record.value()) instanceof Decoded.Event event) {
            to.table.prefetch(source, event.event(), to.chains.of(record.key(), event.event()));
        }
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
