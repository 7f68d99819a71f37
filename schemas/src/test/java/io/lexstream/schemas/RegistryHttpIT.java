package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client over real sockets. */
class RegistryHttpIT {
    private static final String PASSWORD = "changeit";

    @Test
    void theWholeProtocol() throws IOException {
        try (RegistryServer server = RegistryServer.start()) {
            SchemaRegistryClient client = SchemaRegistryClient.of(Map.of("schema.registry.url", server.url()));

            assertThat(client.isCompatible("a/b c-value", TextEvent.SCHEMA$)).isTrue();
            int id = client.register("a/b c-value", TextEvent.SCHEMA$);

            assertThat(client.lookup("a/b c-value", TextEvent.SCHEMA$)).isEqualTo(id);
            assertThat(client.getById(id)).isEqualTo(TextEvent.SCHEMA$);
            assertThat(client.latest("a/b c-value"))
                    .isEqualTo(new RegisteredSchema("a/b c-value", 1, id, TextEvent.SCHEMA$));
            assertThat(client.subjects()).containsExactly("a/b c-value");
            assertThat(client.isCompatible("a/b c-value", TextLabel.SCHEMA$)).isFalse();
            client.setCompatibility("a/b c-value", CompatibilityLevel.FULL_TRANSITIVE);
            assertThat(server.registry().requests()).contains("PUT /config/a%2Fb%20c-value");
            assertThatThrownBy(() -> client.register("a/b c-value", TextLabel.SCHEMA$))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.status()).isEqualTo(409))
                    .hasMessageContaining("subject a/b c-value");
            assertThatThrownBy(() -> client.latest("none")).isInstanceOf(SchemaNotFoundException.class);
        }
    }

    @Test
    void aDeadFirstRegistryIsPassedOver() throws IOException {
        try (RegistryServer server = RegistryServer.start()) {
            Map<String, Object> config =
                    Map.of("schema.registry.url", "http://localhost:" + closedPort() + "," + server.url());

            byte[] bytes = AvroSerde.<TextEvent>forValues(config).serializer().serialize("t", Samples.event());

            assertThat(AvroSerde.forValues(TextEvent.class, config)
                            .deserializer()
                            .deserialize("t", bytes))
                    .isEqualTo(Samples.event());
        }
    }

    @Test
    void nothingIsWrittenWhileNoRegistryAnswers() throws IOException {
        String url = "localhost:" + closedPort();
        Map<String, Object> config =
                Map.of("schema.registry.url", "http://ann:secret@" + url, "schema.registry.retry.timeout.ms", "200");
        AvroSerde<TextEvent> serde = AvroSerde.forValues(config);

        assertThatThrownBy(() -> serde.serializer().serialize("t", Samples.event()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll("http://" + url, "subject t-value")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> serde.deserializer().deserialize("t", new byte[] {0, 0, 0, 0, 7, 0}))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema id 7");
    }

    @Test
    void aRegistryThatStallsInTheMiddleOfItsAnswerIsGivenUp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread stalling = new Thread(() -> answerHalf(server), "stalling-registry");
            stalling.start();
            SchemaRegistryClient client = SchemaRegistryClient.of(Map.of(
                    "schema.registry.url", "http://localhost:" + server.getLocalPort(),
                    "http.read.timeout.ms", 300,
                    "schema.registry.retry.timeout.ms", 0));

            assertThatThrownBy(() -> client.getById(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no answer in 300 ms");

            stalling.join();
        }
    }

    @Test
    void tlsTakesATrustStoreAndAClientCertificate(@TempDir Path folder) throws Exception {
        Path keys = keyStore(folder.resolve("registry.p12"));
        try (RegistryServer server = RegistryServer.startTls(context(keys))) {
            Map<String, Object> trusting = new HashMap<>(Map.of(
                    "schema.registry.url",
                    server.url(),
                    "schema.registry.ssl.truststore.location",
                    keys.toString(),
                    "schema.registry.ssl.truststore.password",
                    PASSWORD,
                    "schema.registry.ssl.truststore.type",
                    "PKCS12",
                    "schema.registry.ssl.keystore.location",
                    keys.toString(),
                    "schema.registry.ssl.keystore.password",
                    PASSWORD,
                    "schema.registry.ssl.keystore.type",
                    "PKCS12"));

            assertThat(SchemaRegistryClient.of(trusting).register("t-value", TextEvent.SCHEMA$))
                    .isEqualTo(1);

            Map<String, Object> pem = Map.of(
                    "schema.registry.url", server.url(),
                    "schema.registry.ssl.truststore.type", "PEM",
                    "schema.registry.ssl.truststore.certificates", pem(keys));
            assertThat(SchemaRegistryClient.of(pem).subjects()).containsExactly("t-value");
            assertThatThrownBy(() -> SchemaRegistryClient.of(Map.of("schema.registry.url", server.url()))
                            .subjects())
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("PKIX");
        }
    }

    private static void answerHalf(ServerSocket server) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            // Ends when the client hangs up.
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client may hang up hard.
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path keyStore(Path file) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        // A key's own certificate counts as trusted only in an entry of its own.
        try {
            KeyStore store = load(file);
            store.setCertificateEntry("trusted", store.getCertificate("registry"));
            try (var out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return file;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    private static String pem(Path keys) throws IOException, GeneralSecurityException {
        byte[] certificate = load(keys).getCertificate("registry").getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(load(keys), PASSWORD.toCharArray());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(load(keys));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }
}
