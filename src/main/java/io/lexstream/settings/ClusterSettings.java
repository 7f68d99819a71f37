package io.lexstream.settings;

import io.lexstream.events.EventDecoder;
import io.lexstream.events.InputFormat;
import io.lexstream.model.TrialLimits;
import io.lexstream.model.TrustedKeys;
import io.lexstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** What every service and command needs to know: the cluster, its topics, tasks and models. */
public class ClusterSettings {
    private final SettingValues values;

    public ClusterSettings(SettingValues values) {
        this.values = values;
    }

    /** The values that these settings read, for another service's view of them. */
    public final SettingValues values() {
        return values;
    }

    public final String applicationId() {
        return text("application.id");
    }

    public final List<String> tasks() {
        return values.list("tasks");
    }

    public final Topics topics() {
        Map<String, String> results = new HashMap<>();
        values.withPrefix(SettingNames.RESULT_TOPIC_PREFIX).forEach((task, topic) -> results.put(task, (String) topic));
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
                text("topic.feedback.analysis"),
                text("topic.feedback.products"),
                text("topic.feedback.stats"),
                text("topic.feedback.alerts"),
                results);
    }

    public final InputFormat inputFormat() {
        return InputFormat.of(text("input.format"));
    }

    public final int maxTextBytes() {
        return number("max.text.bytes");
    }

    /** What reads the values of the input topic. */
    public final EventDecoder eventDecoder() {
        return EventDecoder.of(inputFormat(), maxTextBytes(), clientConfig());
    }

    public final Path modelCache() {
        String directory = text("model.cache.dir");
        return directory.isEmpty() ? values.defaults().modelCache() : Path.of(directory);
    }

    /**
     * Whose models count.
     *
     * @throws ConfigException naming what is no public key
     */
    public final TrustedKeys trustedKeys() {
        TrustedKeys keys;
        try {
            keys = TrustedKeys.parse(trustedKeyTexts());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("model.trusted.keys: " + e.getMessage());
        }
        return text("model.trust").equals("any") ? keys.acceptingAll() : keys;
    }

    /** What {@code model.trusted.keys} says, as it stands there. */
    public final List<String> trustedKeyTexts() {
        return values.list("model.trusted.keys");
    }

    /** The file with the key that signs what is published from here, if there is one. */
    public final Optional<Path> signingKey() {
        String file = text("model.signing.key");
        return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
    }

    /** The guards of versions on trial: the same in each instance and over all of them. */
    public final TrialLimits trialLimits() {
        return new TrialLimits(
                number("trial.min.results"),
                decimal("trial.max.error.ratio"),
                decimal("trial.max.latency.ratio"),
                decimal("trial.max.label.shift"),
                decimal("trial.max.disagreement"));
    }

    public final Duration modelRetry() {
        return Duration.ofMillis(number("model.retry.ms"));
    }

    public final String instanceId() {
        String id = text("instance.id");
        return id.isEmpty() ? values.defaults().instanceId() : id;
    }

    public final String httpHost() {
        return text("http.host");
    }

    public final int httpPort() {
        return number("http.port");
    }

    /** What every Kafka client and serde needs: brokers, security, schema registry. */
    public final Map<String, Object> clientConfig() {
        Map<String, Object> config = new HashMap<>(values.given(SettingNames::isSecurity));
        config.putAll(values.given(SettingNames::isRegistry));
        config.put("bootstrap.servers", text("bootstrap.servers"));
        config.put("schema.registry.url", text("schema.registry.url"));
        return config;
    }

    protected final String text(String name) {
        return values.text(name);
    }

    protected final int number(String name) {
        return values.number(name);
    }

    protected final double decimal(String name) {
        return values.decimal(name);
    }

    protected final Duration time(String name) {
        return values.time(name);
    }
}
