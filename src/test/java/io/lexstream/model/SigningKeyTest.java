package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    /** Made by {@code openssl genpkey -algorithm ed25519}; its public half by {@code openssl pkey -pubout}. */
    private static final String OPENSSL_PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIBPcctlLGhgxaFwk9dG0zCz4I/hTFioRrTo9l410TjZH
            -----END PRIVATE KEY-----
            """;

    private static final String OPENSSL_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAhdrUDChz/zjkUMurfMdymFlNS5L+P+iB1W1NPQfY5AY=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    Path directory;

    @Test
    void aKeyThatIsReadBackSignsAsBefore() throws Exception {
        SigningKey key = SigningKey.generate();
        Path file = directory.resolve("keys").resolve("signing.key");

        key.write(file);
        SigningKey read = SigningKey.read(file);

        assertThat(read.publicKey()).isEqualTo(key.publicKey());
        assertThat(signedBy(read)).isEqualTo(signedBy(key));
        assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    }

    @Test
    void aKeyOfOpensslIsAKey() throws Exception {
        SigningKey key = SigningKey.read(privateFile(OPENSSL_PRIVATE));

        TrustedKeys trusted = TrustedKeys.parse(List.of(OPENSSL_PUBLIC));

        assertThat(trusted.check(signedBy(key)).isTrusted()).isTrue();
        assertThat(key.publicKey().id()).isEqualTo("d38fc3b0f6755aee");
    }

    @Test
    void onlyItsOwnerCanReadTheFile() throws Exception {
        Path file = directory.resolve("signing.key");

        SigningKey.generate().write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Path file = Files.writeString(directory.resolve("signing.key"), "precious");

        assertThatThrownBy(() -> SigningKey.generate().write(file)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rw--w----"})
    void aFileThatOthersCanReadOrChangeIsRefused(String permissions) throws Exception {
        Path file = privateFile(OPENSSL_PRIVATE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> SigningKey.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(permissions)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void whatIsNoPrivateKeyIsNamed() throws Exception {
        Path text = privateFile("hello");
        Path publicHalf = privateFile(OPENSSL_PUBLIC);
        Path damaged = privateFile("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> SigningKey.read(text)).hasMessageContaining(text + " holds no private key");
        assertThatThrownBy(() -> SigningKey.read(publicHalf)).hasMessageContaining("models keygen makes one");
        assertThatThrownBy(() -> SigningKey.read(damaged)).hasMessage(damaged + " holds no Ed25519 private key");
    }

    @Test
    void aKeyIsMadeOnceAndFoundAgain() throws Exception {
        Path file = directory.resolve("signing.key");

        SigningKey first = SigningKey.readOrGenerate(file);

        assertThat(SigningKey.readOrGenerate(file).publicKey()).isEqualTo(first.publicKey());
    }

    private Path privateFile(String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "key", ".pem"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static ModelManifest signedBy(SigningKey key) {
        ModelManifest manifest = Samples.manifest("spam", "1");
        key.sign(manifest);
        return manifest;
    }
}
