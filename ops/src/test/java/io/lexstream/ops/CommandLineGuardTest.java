package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineGuardTest {
    @TempDir
    private Path directory;

    @Test
    void aLongCommandLineIsRefusedWithAWayOut() throws IOException {
        Path file = Files.write(directory.resolve("cmdline"), new byte[CommandLineGuard.MOST_BYTES + 1]);

        assertThatThrownBy(() -> CommandLineGuard.check(file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("3801 bytes")
                .hasMessageContaining("@arguments.txt");
    }

    @Test
    void aShortOnePasses() throws IOException {
        Path file = Files.write(directory.resolve("cmdline"), new byte[CommandLineGuard.MOST_BYTES]);

        assertThatNoException().isThrownBy(() -> CommandLineGuard.check(file));
    }

    @Test
    void systemsThatDoNotTellPass() {
        assertThatNoException().isThrownBy(() -> CommandLineGuard.check(directory.resolve("absent")));
    }
}
