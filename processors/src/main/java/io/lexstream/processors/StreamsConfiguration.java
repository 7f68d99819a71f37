package io.lexstream.processors;

import io.lexstream.processors.PrefetchInterceptor.Prefetch;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * What Kafka Streams is told: exactly once, small transactions, polls of a few windows, and the operator's own wishes.
 */
final class StreamsConfiguration {
    private static final int WINDOWS_IN_A_POLL = 4;

    private final ProcessorSettings settings;
    private final Map<String, Object> config = new HashMap<>();

    private StreamsConfiguration(ProcessorSettings settings) {
        this.settings = settings;
    }

    static Properties of(ProcessorSettings settings, Prefetch prefetch) {
        StreamsConfiguration configuration = new StreamsConfiguration(settings);
        configuration.streams();
        configuration.consumer();
        configuration.producer();
        configuration.prefetch(prefetch);
        configuration.checkTimeout();
        Properties properties = new Properties();
        properties.putAll(configuration.config);
        return properties;
    }

    private void streams() {
        config.putAll(settings.clientConfig());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streamThreads());
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // What process() throws is our fault, not the record's: fail, and let Kafka redeliver.
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        config.put("processing.exception.handler.global.enabled", true); // deprecated, but Streams warns without it
        config.putAll(settings.withPrefix("streams."));
    }

    private void consumer() {
        Map<String, Object> consumer = new HashMap<>();
        // The models idle while a thread polls, so a poll brings several windows.
        consumer.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                WINDOWS_IN_A_POLL * settings.batch().windowTexts());
        if (settings.groupProtocol().equals("classic")) {
            // How long a killed instance keeps its partitions; in the streams protocol the broker decides.
            consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
            consumer.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_500);
        }
        consumer.putAll(settings.withPrefix("consumer."));
        consumer.forEach((name, value) -> config.put(StreamsConfig.consumerPrefix(name), value));
    }

    private void producer() {
        Map<String, Object> producer = new HashMap<>();
        // Long enough for the slowest windows, short for the readers of committed records that a killed instance
        // blocks.
        producer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxOutputBytes());
        producer.putAll(settings.withPrefix("producer."));
        producer.forEach((name, value) -> config.put(StreamsConfig.producerPrefix(name), value));
    }

    private void prefetch(Prefetch prefetch) {
        String name = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
        Object others = config.get(StreamsConfig.consumerPrefix(name));
        String ours = PrefetchInterceptor.class.getName();
        config.put(StreamsConfig.mainConsumerPrefix(name), others == null ? ours : ours + "," + others);
        config.put(StreamsConfig.mainConsumerPrefix(PrefetchInterceptor.PREFETCH), prefetch);
    }

    /** A thread that waits longer than max.poll.interval.ms is expelled from the group, and its work done twice. */
    private void checkTimeout() {
        String name = StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        long interval = Long.parseLong(String.valueOf(config.getOrDefault(name, 300_000)));
        long timeout = settings.inferenceTimeout().toMillis();
        if (timeout >= interval) {
            throw new ConfigException(
                    "inference.timeout.ms", timeout, "must be below " + name + ", which is " + interval);
        }
    }
}
