package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.RegistrySettings.Registry;
import io.lexstream.schemas.RegistryTransport.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class RegistryCallsTest {
    private static final RegistryRequest REQUEST = RegistryRequest.get("/schemas/ids/7", "schema id 7");
    private static final Answer FINE = new Answer(200, "{\"id\":7}");

    private final FakeClock clock = new FakeClock();
    private final Script script = new Script();

    @Test
    void theNextRegistryIsAskedWhenOneIsAwayAndStaysTheFirstChoice() {
        RegistryCalls calls = calls("http://a,http://b", 1_000);
        script.then(new ConnectException()).then(FINE).then(FINE);

        calls.call(REQUEST);
        calls.call(REQUEST);

        assertThat(script.asked).containsExactly("http://a", "http://b", "http://b");
        assertThat(clock.pauses).isEmpty();
    }

    @Test
    void aRegistryThatIsAwayIsAskedAgainAfterLongerAndLongerPauses() {
        RegistryCalls calls = calls("http://a", 30_000);
        script.then(new ConnectException())
                .then(new Answer(503, "<html>no backend</html>"))
                .then(new Answer(429, "{\"error_code\":429,\"message\":\"slow down\"}"))
                .then(FINE);

        assertThat(calls.call(REQUEST).path("id").asInt()).isEqualTo(7);

        assertThat(clock.pauses).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(clock.pauses.get(i)).isBetween(Duration.ofMillis(50L << i), Duration.ofMillis(100L << i));
        }
    }

    @Test
    void afterTheRetryTimeoutOneLineSaysWhereWhatAndWhy() {
        RegistryCalls calls = calls("http://ann:secret@a:8081,http://b", 2_000);
        for (int i = 0; i < 100; i++) {
            script.then(new Answer(500, "{\"error_code\":50001,\"message\":\"store\\n  down\"}"));
        }

        assertThatThrownBy(() -> calls.call(REQUEST))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll(
                        "http://a:8081", "http://b", "schema id 7", "2000 ms", "code 50001: store down")
                .hasMessageNotContaining("secret")
                .message()
                .doesNotContain("\n");
        assertThat(clock.now).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void withoutRetryTimeoutEveryRegistryIsAskedOnce() {
        RegistryCalls calls = calls("http://a,http://b", 0);
        script.then(new ConnectException()).then(new ConnectException());

        assertThatThrownBy(() -> calls.call(REQUEST))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("last: ConnectException");
        assertThat(script.asked).containsExactly("http://a", "http://b");
    }

    @Test
    void aDefiniteNoIsNotAskedTwice() {
        RegistryCalls calls = calls("http://a,http://b", 30_000);
        script.then(new Answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));

        assertThatThrownBy(() -> calls.call(REQUEST)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.status()).isEqualTo(409);
            assertThat(e).hasMessageContainingAll("http://a", "schema id 7", "409", "incompatible");
        });
        assertThat(script.asked).hasSize(1);
    }

    @Test
    void anUnknownIdDiffersFromAWrongUrl() {
        RegistryCalls calls = calls("http://a", 30_000);
        script.then(new Answer(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}"))
                .then(new Answer(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"))
                .then(new Answer(200, "<html>welcome</html>"));

        assertThatThrownBy(() -> calls.call(REQUEST))
                .isInstanceOfSatisfying(
                        SchemaNotFoundException.class, e -> assertThat(e.code()).isEqualTo(40403));
        assertThatThrownBy(() -> calls.call(REQUEST)).isExactlyInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> calls.call(REQUEST)).isExactlyInstanceOf(RegistryException.class);
    }

    @Test
    void aCertificateThatIsNotTrustedIsToldAtOnce() {
        RegistryCalls calls = calls("https://a", 30_000);
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path building failed");
        failure.initCause(new CertificateException("unknown issuer"));
        script.then(failure);

        assertThatThrownBy(() -> calls.call(REQUEST))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("PKIX path building failed");
        assertThat(clock.pauses).isEmpty();
    }

    @Test
    void anInterruptEndsTheWait() {
        RegistryCalls calls = calls("http://a", 30_000);
        script.then(new ConnectException());
        clock.interrupted = true;

        assertThatThrownBy(() -> calls.call(REQUEST)).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private RegistryCalls calls(String urls, int retryMillis) {
        RegistrySettings settings = RegistrySettings.of(
                new ClientConfig(Map.of("schema.registry.url", urls, "schema.registry.retry.timeout.ms", retryMillis)));
        return new RegistryCalls(settings, script, clock, new SplittableRandom(1));
    }

    /** Answers in a set order. */
    private static final class Script implements RegistryTransport {
        private final Queue<Object> answers = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();

        Script then(Object answer) {
            answers.add(answer);
            return this;
        }

        @Override
        public Answer send(Registry registry, RegistryRequest request, Duration timeout) throws IOException {
            asked.add(registry.url().toString());
            Object next = answers.remove();
            if (next instanceof IOException failure) {
                throw failure;
            }
            return (Answer) next;
        }
    }

    /** Time that passes only in pauses. */
    private static final class FakeClock implements RetryClock {
        private final List<Duration> pauses = new ArrayList<>();
        private Duration now = Duration.ZERO;
        private boolean interrupted;

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            if (interrupted) {
                throw new InterruptedException();
            }
            pauses.add(duration);
            now = now.plus(duration);
        }
    }
}
