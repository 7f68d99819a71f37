package io.lexstream.settings;

import io.lexstream.model.NearestName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Which names a settings file may hold, and which one was meant by one that it may not. */
final class SettingNames {
    /** Handed on as they are, without the prefix, to Kafka's consumer, producer and streams. */
    static final List<String> KAFKA_PREFIXES = List.of("consumer.", "producer.", "streams.");

    /** Handed on as they are to every Kafka client. */
    static final List<String> SECURITY_PREFIXES = List.of("ssl.", "sasl.", "security.");

    /** Handed on as they are to the serdes. */
    static final List<String> REGISTRY_PREFIXES = List.of("schema.registry.", "basic.auth.", "bearer.auth.");

    /** Confluent's serde settings that have no prefix. */
    static final Set<String> REGISTRY_NAMES = Set.of(
            "auto.register.schemas",
            "use.latest.version",
            "latest.compatibility.strict",
            "normalize.schemas",
            "key.subject.name.strategy",
            "value.subject.name.strategy");

    static final String RESULT_TOPIC_PREFIX = "topic.results.";

    /** How much a label counts, by the tool or page that it came from. */
    static final String WEIGHT_PREFIX = "train.weight.source.";

    private static final String ENVIRONMENT_PREFIX = "LEXSTREAM_";

    private final Set<String> known = new HashSet<>(REGISTRY_NAMES);

    SettingNames(Collection<String> declared, Collection<String> tasks) {
        known.addAll(declared);
        tasks.forEach(task -> known.add(RESULT_TOPIC_PREFIX + task));
    }

    /** The setting that the environment variable {@code variable} overrides; empty if it is none of ours. */
    static String fromEnvironment(String variable) {
        return variable.startsWith(ENVIRONMENT_PREFIX)
                ? variable.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.')
                : "";
    }

    /** Whether {@code name} goes to the serdes. */
    static boolean isRegistry(String name) {
        return REGISTRY_NAMES.contains(name) || startsWithAny(name, REGISTRY_PREFIXES);
    }

    /** Whether {@code name} goes to every Kafka client. */
    static boolean isSecurity(String name) {
        return startsWithAny(name, SECURITY_PREFIXES);
    }

    void check(String name) {
        if (!known.contains(name)
                && !isRegistry(name)
                && !isSecurity(name)
                && !startsWithAny(name, KAFKA_PREFIXES)
                && !name.startsWith(WEIGHT_PREFIX)) {
            throw new ConfigException("unknown setting " + name + "; did you mean " + nearest(name) + "?");
        }
    }

    private String nearest(String name) {
        Set<String> candidates = new HashSet<>(known);
        int dot = name.indexOf('.');
        if (dot > 0) {
            KAFKA_PREFIXES.forEach(prefix -> candidates.add(prefix + name.substring(dot + 1)));
        }
        return candidates.stream()
                .min(Comparator.<String>comparingInt(candidate -> NearestName.edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
