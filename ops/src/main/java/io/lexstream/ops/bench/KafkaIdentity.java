package io.lexstream.ops.bench;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;

/** What Kafka Streams needs to carry the records, exactly once, to as many topics as there are tasks. */
final class KafkaIdentity implements Contender {
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final BenchStage stage;

    KafkaIdentity(BenchStage stage) {
        this.stage = stage;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public double textsPerSecond(List<String> texts) throws Exception {
        String run = stage.newRun();
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], byte[]> stream =
                builder.stream(run + "-events", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()));
        stream.to(run + "-results", Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        for (int other = 1; other < stage.tasks().size(); other++) {
            stream.to(run + "-other", Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        }
        Properties config = new Properties();
        config.putAll(stage.clientConfig());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-" + run);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(
                StreamsConfig.STATE_DIR_CONFIG, stage.directory().resolve(run).toString());
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        KafkaStreams streams = new KafkaStreams(builder.build(), config);
        try (OutputMeter meter = new OutputMeter(stage, run)) {
            streams.start();
            return meter.textsPerSecond(texts);
        } finally {
            streams.close(CLOSE);
        }
    }
}
