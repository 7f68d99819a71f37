package io.lexstream.ops.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the embedded broker lives.
 *
 * @param directory its data; a second start there finds everything again
 * @param port where clients connect; any free one is taken if this one is not free; zero = any free one
 * @param overrides broker settings by Kafka's names, on top of ours
 */
public record EmbeddedKafkaSettings(Path directory, int port, Map<String, String> overrides) {
    public EmbeddedKafkaSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the broker's port must be 0 to 65535, got " + port);
        }
        directory = directory.toAbsolutePath().normalize();
        overrides = Map.copyOf(overrides);
    }

    /** Data there, any free port. */
    public static EmbeddedKafkaSettings in(Path directory) {
        return new EmbeddedKafkaSettings(directory, 0, Map.of());
    }

    public EmbeddedKafkaSettings withPort(int preferred) {
        return new EmbeddedKafkaSettings(directory, preferred, overrides);
    }

    public EmbeddedKafkaSettings withOverrides(Map<String, String> settings) {
        return new EmbeddedKafkaSettings(directory, port, settings);
    }
}
