package io.lexstream.settings;

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
 * The values of all settings: one properties file, overridden by the environment, checked as a whole.
 *
 * <p>{@code LEXSTREAM_BATCH_MAX_TOKENS} overrides {@code batch.max.tokens}. See docs/settings.md for the names.
 */
public final class SettingValues {
    private static final ConfigDef DEFINITION = SettingsDefinition.define();

    private final Map<String, Object> declared;
    private final Map<String, String> given;
    private final Defaults defaults;

    private SettingValues(Map<String, Object> declared, Map<String, String> given, Defaults defaults) {
        this.declared = Map.copyOf(declared);
        this.given = Map.copyOf(given);
        this.defaults = defaults;
    }

    /**
     * Reads the settings of {@code file} and {@code environment}.
     *
     * @throws ConfigException that names the setting, its value and what is allowed
     */
    public static SettingValues read(Path file, Map<String, String> environment) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return of(settings, environment);
    }

    /** As {@link #read}, of settings that are in no file. */
    public static SettingValues of(Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> given = new TreeMap<>();
        settings.forEach((name, value) -> given.put(name, value.trim()));
        environment.forEach((variable, value) -> {
            String name = SettingNames.fromEnvironment(variable);
            if (!name.isEmpty()) {
                given.put(name, value.trim());
            }
        });
        Map<String, Object> declared = DEFINITION.parse(given);
        SettingValues values = new SettingValues(declared, given, new Defaults(environment));
        SettingNames names = new SettingNames(DEFINITION.names(), values.list("tasks"));
        given.forEach((name, value) -> {
            names.check(name);
            if (name.startsWith(SettingNames.RESULT_TOPIC_PREFIX)) {
                SettingsDefinition.checkTopic(name, value);
            }
        });
        return values;
    }

    /** Values for what was left empty. */
    public Defaults defaults() {
        return defaults;
    }

    public String text(String name) {
        return (String) value(name);
    }

    public int number(String name) {
        return (Integer) value(name);
    }

    public double decimal(String name) {
        return (Double) value(name);
    }

    public Duration time(String name) {
        return Times.parse(name, text(name));
    }

    public List<Duration> times(String name) {
        return list(name).stream().map(time -> Times.parse(name, time)).toList();
    }

    public List<String> list(String name) {
        return ((List<?>) value(name)).stream().map(String.class::cast).toList();
    }

    /** The settings that start with {@code prefix}, without it. */
    public Map<String, Object> withPrefix(String prefix) {
        Map<String, Object> config = new HashMap<>();
        given(name -> name.startsWith(prefix))
                .forEach((name, value) -> config.put(name.substring(prefix.length()), value));
        return config;
    }

    /** What the operator has set, of the names that are {@code wanted}. */
    Map<String, Object> given(Predicate<String> wanted) {
        Map<String, Object> config = new HashMap<>();
        given.forEach((name, value) -> {
            if (wanted.test(name)) {
                config.put(name, value);
            }
        });
        return config;
    }

    private Object value(String name) {
        Object value = declared.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no setting is declared as " + name);
        }
        return value;
    }
}
