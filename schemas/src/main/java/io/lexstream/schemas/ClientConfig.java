package io.lexstream.schemas;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** A Kafka client's configuration, read by key and type. */
record ClientConfig(Map<String, ?> values) {
    /** Confluent's clients take the registry's keys with this prefix or without it. */
    static final String REGISTRY_PREFIX = "schema.registry.";

    Optional<String> text(String key) {
        Object value = values.containsKey(key) ? values.get(key) : values.get(REGISTRY_PREFIX + key);
        return Optional.ofNullable(value).map(ClientConfig::plain).filter(text -> !text.isBlank());
    }

    String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    String required(String key) {
        return text(key).orElseThrow(() -> new ConfigException(key + " is not set"));
    }

    List<String> list(String key) {
        return Arrays.stream(required(key).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    boolean flag(String key, boolean fallback) {
        String value = text(key, String.valueOf(fallback)).strip();
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(value);
        }
        throw new ConfigException(key, value, "must be true or false");
    }

    Duration millis(String key, Duration fallback) {
        String value = text(key, String.valueOf(fallback.toMillis())).strip();
        try {
            long millis = Long.parseLong(value);
            if (millis >= 0) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            // told below, like a negative number
        }
        throw new ConfigException(key, value, "must be a number of milliseconds, 0 or more");
    }

    private static String plain(Object value) {
        if (value instanceof Password password) {
            return password.value();
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value.toString();
    }

    /** Names the keys only: values hold passwords. */
    @Override
    public String toString() {
        return "ClientConfig" + values.keySet();
    }
}
