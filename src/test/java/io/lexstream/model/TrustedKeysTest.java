package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.ModelManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedKeysTest {
    private final SigningKey key = SigningKey.generate();
    private final SigningKey stranger = SigningKey.generate();
    private final TrustedKeys trusted = TrustedKeys.of(key);
    private final ModelManifest manifest = Samples.manifest("spam", "1");
    private final Deployment deployment = new Deployment(
            "spam", "2", "3", DeploymentMode.CANARY, 0.1, List.of("1"), "better", Instant.ofEpochMilli(5), "");

    @Test
    void whatATrustedKeySignedCounts() throws Exception {
        key.sign(manifest);
        key.sign(deployment);

        trusted.require(manifest);
        trusted.require(deployment);

        assertThat(trusted.check(manifest))
                .hasToString("signed by " + key.publicKey().id() + ", trusted");
        assertThat(manifest.getSignature()).startsWith(key.publicKey().id() + ":");
    }

    @Test
    void whatIsUnsignedOrSignedByAStrangerDoesNot() {
        assertFault(Rejection.UNSIGNED);

        stranger.sign(manifest);

        assertFault(Rejection.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed", "%s", "%s:", "%s:AAAA", ":AAAA", "%s:!!!!", "%s:AAAA\n"})
    void whatIsNotEvenASignatureIsAWrongOne(String text) {
        manifest.setSignature(text.replace("%s", key.publicKey().id()));

        assertFault(Rejection.WRONG_SIGNATURE);
    }

    @Test
    void aStrangersSignatureUnderATrustedKeysIdIsAWrongOne() {
        stranger.sign(manifest);
        manifest.setSignature(manifest.getSignature()
                .replace(stranger.publicKey().id(), key.publicKey().id()));

        assertFault(Rejection.WRONG_SIGNATURE);
    }

    static Stream<Consumer<Deployment>> changes() {
        return Stream.of(
                it -> it.setTask("sentiment"),
                it -> it.setChampion("1"),
                it -> it.setChallenger(""),
                it -> it.setMode(DeploymentMode.SHADOW),
                it -> it.setShare(1.0),
                it -> it.setHistory(List.of()),
                it -> it.setReason(""),
                it -> it.setUpdatedAt(Instant.ofEpochMilli(6)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aDeploymentsSignatureIsOverEveryField(Consumer<Deployment> change) {
        key.sign(deployment);

        change.accept(deployment);

        assertThat(trusted.check(deployment).fault()).contains(Rejection.WRONG_SIGNATURE);
    }

    @Test
    void aSignatureOfOneThingIsNoneOfAnother() {
        key.sign(manifest);
        deployment.setSignature(manifest.getSignature());
        assertThat(trusted.check(deployment).fault()).contains(Rejection.WRONG_SIGNATURE);

        ModelManifest other = Samples.manifest("sentiment", "1");
        other.setSignature(manifest.getSignature());
        assertThat(trusted.check(other).fault()).contains(Rejection.WRONG_SIGNATURE);
    }

    @Test
    void whereAllIsAcceptedSignaturesAreStillKnown() throws Exception {
        TrustedKeys.ANY.require(manifest);
        assertThat(TrustedKeys.ANY.check(manifest)).hasToString("unsigned");

        key.sign(manifest);

        assertThat(trusted.acceptingAll().check(manifest).isTrusted()).isTrue();
        assertThat(TrustedKeys.ANY.check(manifest).fault()).contains(Rejection.UNKNOWN_KEY);
    }

    @Test
    void aPublicKeyIsReadFromItsLineItsPemAndAFile(@TempDir Path directory) throws Exception {
        String line = key.publicKey().text();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + line + "\n-----END PUBLIC KEY-----\n";
        Path lineFile = Files.writeString(directory.resolve("line"), line + "\n");
        Path pemFile = Files.writeString(directory.resolve("pem"), pem);
        key.sign(manifest);

        for (String text : List.of(line, pem, lineFile.toString(), pemFile.toString())) {
            assertThat(TrustedKeys.parse(List.of(text)).check(manifest).isTrusted())
                    .as(text)
                    .isTrue();
        }
        TrustedKeys both = TrustedKeys.parse(List.of(stranger.publicKey().text(), line));
        assertThat(both.check(manifest).isTrusted()).isTrue();
    }

    @Test
    void whatIsNoPublicKeyIsNamed(@TempDir Path directory) throws Exception {
        Path privateKey = directory.resolve("signing.key");
        key.write(privateKey);
        String rsa = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("RSA")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded());
        String otherCurve = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("Ed448")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded());

        for (String text : List.of("hello", "", "no/such/file", privateKey.toString(), rsa, otherCurve, "\0")) {
            assertThatThrownBy(() -> TrustedKeys.parse(List.of(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("neither an Ed25519 public key");
        }
    }

    private void assertFault(Rejection fault) {
        assertThat(trusted.check(manifest).fault()).isEqualTo(Optional.of(fault));
        assertThatThrownBy(() -> trusted.require(manifest))
                .isInstanceOfSatisfying(
                        ModelRejectedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(fault))
                .hasMessageStartingWith("spam@1 is ");
    }
}
