package io.lexstream.ops;

import io.lexstream.model.SigningKey;
import io.lexstream.processors.ProcessorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which key signs what a command writes. */
final class KeyOption {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Private key that signs (default: the setting model.signing.key; a running local mode has"
                    + " its own).")
    private Optional<Path> file = Optional.empty();

    Optional<SigningKey> read(ProcessorSettings settings) throws IOException {
        Optional<Path> chosen = file.or(settings::signingKey);
        return chosen.isPresent() ? Optional.of(SigningKey.read(chosen.get())) : Optional.empty();
    }
}
