package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.SigningKey;
import io.lexstream.processors.ProcessorSettings;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeygenTest {
    @TempDir
    private Path home;

    @Test
    void whatItPrintsAreTheSettingsThatTrustAndUseTheKey() throws Exception {
        Path file = home.resolve("keys").resolve("signing.key");
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "models", "keygen", "--out", file.toString());

        assertThat(exitCode).as(shell.err()).isZero();
        Properties printed = new Properties();
        printed.load(new StringReader(shell.out()));
        Map<String, String> given = new HashMap<>();
        printed.stringPropertyNames().forEach(name -> given.put(name, printed.getProperty(name)));
        assertThat(given).containsOnlyKeys("model.trusted.keys", "model.signing.key");
        ProcessorSettings settings = ProcessorSettings.of(given, Map.of());
        SigningKey key = SigningKey.read(settings.signingKey().orElseThrow());
        assertThat(settings.trustedKeys().trusts(key)).isTrue();
        assertThat(settings.trustedKeys().trusts(SigningKey.generate())).isFalse();
        assertThat(shell.out())
                .contains(key.publicKey().id())
                .doesNotContain("PRIVATE")
                .doesNotContain(Files.readAllLines(file).get(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws Exception {
        Path file = Files.writeString(home.resolve("signing.key"), "precious");
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "models", "keygen", "--out", file.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("lexstream: there is a file " + file + " already")
                .hasLineCount(1);
        assertThat(shell.out()).isEmpty();
        assertThat(file).hasContent("precious");
    }

    @Test
    void processSaysWhichSettingIsMissingBeforeItLooksForABroker() throws Exception {
        Path config = Files.writeString(home.resolve("settings.properties"), "bootstrap.servers=no.such.host:9092\n");
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "process", "--config", config.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err().lines().toList())
                .last()
                .asString()
                .startsWith("lexstream: no key is trusted")
                .contains("model.trusted.keys")
                .contains("model.trust=any");
    }
}
