package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.events.EventDecoder;
import io.lexstream.events.InputFormat;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.EngineObserver;
import io.lexstream.inference.ModelSlot;
import io.lexstream.processors.PrefetchInterceptor.Prefetch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsConfigurationTest {
    private final BatchEngine engine = new BatchEngine(
            new BatchSettings(1, 1, 1, 1, 1), Map.of("spam", new ModelSlot("spam")), EngineObserver.NONE);
    private final Prefetch prefetch = new Prefetch(
            "text.events",
            EventDecoder.of(InputFormat.TEXT, 10, Map.of()),
            new EventChains(
                    engine,
                    new Trials(List.of("spam"), new ProcessorMetrics(new SimpleMeterRegistry(), 1024)),
                    Optional.empty()),
            new PrefetchTable(engine, 10));

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void exactlyOnceInSmallTransactions() {
        StreamsConfig config = new StreamsConfig(streams(Map.of("batch.window.texts", "64")));

        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getInt("num.stream.threads")).isGreaterThanOrEqualTo(2);
        assertThat(config.getProducerConfigs("p")).containsEntry("transaction.timeout.ms", 20_000);
        assertThat(mainConsumer(config)).containsEntry("max.poll.records", 256);
        assertThat(String.valueOf(mainConsumer(config).get("isolation.level"))).isEqualTo("read_committed");
    }

    @Test
    void theInterceptorIsMadeWithTheLiveTable() {
        StreamsConfig config = new StreamsConfig(streams(Map.of()));

        List<?> interceptors = new ConsumerConfig(withSerdes(mainConsumer(config)))
                .getConfiguredInstances(
                        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ConsumerInterceptor.class, mainConsumer(config));

        assertThat(interceptors).singleElement().isInstanceOf(PrefetchInterceptor.class);
        assertThat(mainConsumer(config)).containsEntry(PrefetchInterceptor.PREFETCH, prefetch);
    }

    @Test
    void theOperatorsOwnWishesCount() {
        StreamsConfig config = new StreamsConfig(streams(Map.of(
                "consumer.max.poll.records", "7",
                "consumer.interceptor.classes", "com.example.Tracing",
                "producer.compression.type", "zstd",
                "streams.commit.interval.ms", "250",
                "sasl.mechanism", "PLAIN")));

        assertThat(mainConsumer(config))
                .containsEntry("max.poll.records", "7")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("interceptor.classes", PrefetchInterceptor.class.getName() + ",com.example.Tracing");
        assertThat(config.getProducerConfigs("p")).containsEntry("compression.type", "zstd");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(250);
    }

    @Test
    void theStreamsProtocolSetsNoSessionTimeout() {
        Properties classic = streams(Map.of());
        Properties streams = streams(Map.of("group.protocol", "streams"));

        assertThat(classic).containsEntry("consumer.session.timeout.ms", 10_000);
        assertThat(streams).containsEntry("group.protocol", "streams").doesNotContainKey("consumer.session.timeout.ms");
    }

    @Test
    void aWaitThatWouldExpelTheThreadIsRefused() {
        assertThatThrownBy(() -> streams(Map.of("consumer.max.poll.interval.ms", "60000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inference.timeout.ms")
                .hasMessageContaining("60000");
    }

    private Properties streams(Map<String, String> settings) {
        return StreamsConfiguration.of(ProcessorSettings.of(settings, Map.of("HOME", "/home/me")), prefetch);
    }

    private static Map<String, Object> mainConsumer(StreamsConfig config) {
        return config.getMainConsumerConfigs("group", "client", 0);
    }

    private static Map<String, Object> withSerdes(Map<String, Object> consumer) {
        Map<String, Object> config = new HashMap<>(consumer);
        String bytes = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
        config.put("key.deserializer", bytes);
        config.put("value.deserializer", bytes);
        return config;
    }
}
