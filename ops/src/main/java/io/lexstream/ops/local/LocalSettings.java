package io.lexstream.ops.local;

import java.util.Map;

/**
 * How local mode is started.
 *
 * @param kafkaPort wanted; any free one is taken if it is not free; 0 = any free one
 * @param registryPort likewise
 * @param httpPort likewise
 * @param processing settings of the processors, by their names; those that local mode decides itself are overridden
 * @param environment overrides settings, as for the processors
 */
public record LocalSettings(
        int kafkaPort,
        int registryPort,
        int httpPort,
        Map<String, String> processing,
        Map<String, String> environment) {
    public LocalSettings {
        requirePort("--kafka-port", kafkaPort);
        requirePort("--registry-port", registryPort);
        requirePort("--http-port", httpPort);
        processing = Map.copyOf(processing);
        environment = Map.copyOf(environment);
    }

    /** Whether somebody said which tasks the texts go through; if not, those that there are starter packages for. */
    boolean choosesTasks() {
        return processing.containsKey("tasks") || environment.containsKey("LEXSTREAM_TASKS");
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0 to 65535, got " + port);
        }
    }
}
