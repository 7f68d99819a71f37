package io.lexstream.ops.audit;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The planted fault: the service as one would first write it, batches being gathered in a field of the processor. The
 * audit must find that it loses records.
 */
final class BufferingService {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private BufferingService() {}

    public static void main(String[] arguments) throws Exception {
        ProcessorSettings settings = ProcessorSettings.read(Path.of(arguments[0]), System.getenv());
        KafkaStreams streams =
                new KafkaStreams(BufferingProcessor.topology(settings, models(settings)), configuration(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(streams), "stop"));
        streams.start();
    }

    /** A clean end, so that the audit finds the one fault and no other. */
    private static void stop(KafkaStreams streams) {
        streams.close();
        Runtime.getRuntime().halt(0);
    }

    /** What is deployed at the start; this service swaps nothing. */
    private static Map<String, BufferingProcessor.Served> models(ProcessorSettings settings)
            throws IOException, ModelRejectedException {
        ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);
        Map<String, BufferingProcessor.Served> models = new TreeMap<>();
        try (ModelFeed feed = new ModelFeed(
                settings.clientConfig(),
                settings.topics(),
                new ContentStore(settings.modelCache()),
                settings.trustedKeys())) {
            for (Deployment deployment : feed.readToEnd(PATIENCE)) {
                var manifest = feed.manifest(deployment.getTask(), deployment.getChampion())
                        .orElseThrow();
                ModelPackage fetched = feed.fetch(manifest);
                models.put(
                        deployment.getTask(), new BufferingProcessor.Served(fetched.version(), opener.open(fetched)));
            }
        }
        return models;
    }

    private static Properties configuration(ProcessorSettings settings) {
        Properties config = new Properties();
        config.putAll(settings.clientConfig());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        config.put(StreamsConfig.CLIENT_ID_CONFIG, settings.instanceId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streamThreads());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
        config.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 10_000);
        return config;
    }
}
