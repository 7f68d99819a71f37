package io.lexstream.processors;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.Precision;
import io.lexstream.schemas.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the operator decides: one properties file, overridden by the environment, checked as a whole.
 *
 * <p>{@code LEXSTREAM_BATCH_MAX_TOKENS} overrides {@code batch.max.tokens}. See docs/settings.md for the names.
 */
public final class ProcessorSettings {
    private static final ConfigDef DEFINITION = SettingsDefinition.define();

    private final Map<String, Object> declared;
    private final Map<String, String> given;
    private final Defaults defaults;

    private ProcessorSettings(Map<String, Object> declared, Map<String, String> given, Defaults defaults) {
        this.declared = Map.copyOf(declared);
        this.given = Map.copyOf(given);
        this.defaults = defaults;
    }

    /**
     * Reads the settings of {@code file} and {@code environment}.
     *
     * @throws ConfigException that names the setting, its value and what is allowed
     */
    public static ProcessorSettings read(Path file, Map<String, String> environment) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return of(settings, environment);
    }

    /** As {@link #read}, of settings that are in no file. */
    public static ProcessorSettings of(Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> given = new TreeMap<>();
        settings.forEach((name, value) -> given.put(name, value.trim()));
        environment.forEach((variable, value) -> {
            String name = SettingNames.fromEnvironment(variable);
            if (!name.isEmpty()) {
                given.put(name, value.trim());
            }
        });
        Map<String, Object> declared = DEFINITION.parse(given);
        SettingNames names = new SettingNames(DEFINITION.names(), list(declared, "tasks"));
        given.forEach((name, value) -> {
            names.check(name);
            if (name.startsWith(SettingNames.RESULT_TOPIC_PREFIX)) {
                SettingsDefinition.checkTopic(name, value);
            }
        });
        return new ProcessorSettings(declared, given, new Defaults(environment));
    }

    public String applicationId() {
        return text("application.id");
    }

    public List<String> tasks() {
        return list(declared, "tasks");
    }

    public Topics topics() {
        Map<String, String> results = new HashMap<>();
        withPrefix(SettingNames.RESULT_TOPIC_PREFIX).forEach((task, topic) -> results.put(task, (String) topic));
        return new Topics(
                text("topic.events"),
                text("topic.dead.letters"),
                text("topic.labels"),
                text("topic.models"),
                text("topic.model.blobs"),
                text("topic.model.status"),
                text("topic.review"),
                text("topic.trainer.examples"),
                text("topic.trainer.runs"),
                text("topic.model.drift"),
                results);
    }

    public InputFormat inputFormat() {
        return InputFormat.of(text("input.format"));
    }

    public int maxTextBytes() {
        return number("max.text.bytes");
    }

    public int maxOutputBytes() {
        return number("output.max.bytes");
    }

    public BatchSettings batch() {
        int workers = number("inference.workers");
        return new BatchSettings(
                workers == 0 ? defaults.cores() : workers,
                number("batch.window.texts"),
                number("batch.window.tokens"),
                number("batch.max.tokens"),
                number("batch.queue.texts"));
    }

    public InferenceSettings inference() {
        return new InferenceSettings(
                InferenceSettings.DEFAULT.intraOpThreads(),
                number("long.text.windows"),
                Precision.named(text("inference.precision")));
    }

    public Duration inferenceTimeout() {
        return Duration.ofMillis(number("inference.timeout.ms"));
    }

    public int streamThreads() {
        int threads = number("stream.threads");
        return threads == 0 ? Math.max(2, defaults.cores()) : threads;
    }

    public String groupProtocol() {
        return text("group.protocol");
    }

    public Path modelCache() {
        String directory = text("model.cache.dir");
        return directory.isEmpty() ? defaults.modelCache() : Path.of(directory);
    }

    public Path stateDirectory() {
        String directory = text("state.dir");
        return directory.isEmpty() ? defaults.stateDirectory() : Path.of(directory);
    }

    public Duration modelRetry() {
        return Duration.ofMillis(number("model.retry.ms"));
    }

    public String instanceId() {
        String id = text("instance.id");
        return id.isEmpty() ? defaults.instanceId() : id;
    }

    public String httpHost() {
        return text("http.host");
    }

    public int httpPort() {
        return number("http.port");
    }

    /** What every Kafka client and serde needs: brokers, security, schema registry. */
    public Map<String, Object> clientConfig() {
        Map<String, Object> config = new HashMap<>(given(SettingNames::isSecurity));
        config.putAll(given(SettingNames::isRegistry));
        config.put("bootstrap.servers", text("bootstrap.servers"));
        config.put("schema.registry.url", text("schema.registry.url"));
        return config;
    }

    /** The settings that start with {@code prefix}, without it. */
    Map<String, Object> withPrefix(String prefix) {
        Map<String, Object> config = new HashMap<>();
        given(name -> name.startsWith(prefix))
                .forEach((name, value) -> config.put(name.substring(prefix.length()), value));
        return config;
    }

    private Map<String, Object> given(Predicate<String> wanted) {
        Map<String, Object> config = new HashMap<>();
        given.forEach((name, value) -> {
            if (wanted.test(name)) {
                config.put(name, value);
            }
        });
        return config;
    }

    private String text(String name) {
        return (String) value(declared, name);
    }

    private int number(String name) {
        return (Integer) value(declared, name);
    }

    private static List<String> list(Map<String, Object> declared, String name) {
        return ((List<?>) value(declared, name))
                .stream().map(String.class::cast).toList();
    }

    private static Object value(Map<String, Object> declared, String name) {
        Object value = declared.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no setting is declared as " + name);
        }
        return value;
    }
}
