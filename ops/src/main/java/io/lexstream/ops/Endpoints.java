package io.lexstream.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tells other commands where the local mode of a data directory listens, for as long as it runs. */
final class Endpoints implements AutoCloseable {
    private final Path file;

    private Endpoints(Path file) {
        this.file = file;
    }

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("endpoints.properties");
    }

    /** @param settings what a client needs, by the names of the settings file */
    static Endpoints publish(Path dataDirectory, Map<String, String> settings) throws IOException {
        Path file = file(dataDirectory);
        SettingsFile.write(
                file,
                settings,
                "Lexstream's local mode, process " + ProcessHandle.current().pid());
        return new Endpoints(file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
