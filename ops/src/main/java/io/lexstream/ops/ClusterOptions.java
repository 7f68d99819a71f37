package io.lexstream.ops;

import io.lexstream.processors.ProcessorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** Which cluster a command speaks to: the one of a settings file, of the flags, or the running local mode. */
final class ClusterOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings file, as for process.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
    private Optional<String> bootstrapServers = Optional.empty();

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry.")
    private Optional<String> registry = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data directory of the local mode to speak to, if nothing above is given.")
    private Optional<Path> dataDirectory = Optional.empty();

    /** Settings for every client, and the topics' names. */
    ProcessorSettings settings(Shell shell) throws IOException {
        Path endpoints = Endpoints.file(dataDirectory.orElseGet(shell::defaultDataDirectory));
        Map<String, String> settings = new HashMap<>();
        if (config.isPresent()) {
            settings.putAll(SettingsFile.read(config.get()));
        } else if (bootstrapServers.isEmpty()) {
            settings.putAll(running(endpoints));
        }
        bootstrapServers.ifPresent(servers -> settings.put("bootstrap.servers", servers));
        registry.ifPresent(url -> settings.put("schema.registry.url", url));
        try {
            return ProcessorSettings.of(settings, shell.environment());
        } catch (ConfigException e) {
            throw new CommandException(Failures.describe(e), e);
        }
    }

    private static Map<String, String> running(Path endpoints) throws IOException {
        if (!Files.exists(endpoints)) {
            throw new CommandException("which cluster? No local mode is running (there is no " + endpoints
                    + "): start ./lexstream local, or give --bootstrap-servers and --registry, or --config");
        }
        return SettingsFile.read(endpoints);
    }
}
