package io.lexstream.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lexstream.schemas.RegistrySettings.Registry;
import io.lexstream.schemas.RegistryTransport.Answer;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the registries in turn until one gives a definite answer, backing off between rounds, for a bounded time. */
final class RegistryCalls {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryCalls.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 500;
    /** The registry's codes for no such subject, version, schema. A 404 without one of these comes from a wrong URL. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private final RegistrySettings settings;
    private final RegistryTransport transport;
    private final RetryClock clock;
    private final RandomGenerator random;
    private volatile int preferred;

    RegistryCalls(RegistrySettings settings, RegistryTransport transport, RetryClock clock, RandomGenerator random) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @throws RegistryException if a registry said no
     * @throws RegistryUnavailableException if none answered in time
     */
    JsonNode call(RegistryRequest request) {
        Duration deadline = clock.now().plus(settings.retryTimeout());
        Duration pause = FIRST_PAUSE;
        try {
            for (int round = 1; ; round++) {
                try {
                    return askEach(request);
                } catch (IOException e) {
                    Duration jittered = jittered(pause);
                    boolean late = clock.now().plus(jittered).compareTo(deadline) > 0;
                    if (late || isDistrusted(e)) {
                        throw unavailable(request, round, e);
                    }
                    if (round == 1) {
                        LOG.atWarn()
                                .addKeyValue("registries", settings.registries())
                                .addKeyValue("about", request.about())
                                .addKeyValue("reason", reason(e))
                                .log("schema registry away, trying again");
                    }
                    clock.pause(jittered);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** One round, beginning with the registry that answered last. */
    private JsonNode askEach(RegistryRequest request) throws IOException, InterruptedException {
        List<Registry> registries = settings.registries();
        int first = preferred;
        IOException failure = new IOException("not asked");
        for (int i = 0; i < registries.size(); i++) {
            int index = (first + i) % registries.size();
            try {
                JsonNode answer = ask(registries.get(index), request);
                preferred = index;
                return answer;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private JsonNode ask(Registry registry, RegistryRequest request) throws IOException, InterruptedException {
        Answer answer = transport.send(registry, request, settings.requestTimeout());
        JsonNode json = parse(answer.body());
        int status = answer.status();
        if (status >= 200 && status < 300 && !json.isMissingNode()) {
            return json;
        }
        String message = json.path("message").asText(answer.body());
        int code = json.path("error_code").asInt(status);
        String told = "schema registry " + registry + ", " + request.about() + ": HTTP " + status
                + (code == status ? "" : ", code " + code) + ": " + oneLine(message);
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException(told);
        }
        throw NOT_FOUND.contains(code)
                ? new SchemaNotFoundException(told, code)
                : new RegistryException(told, status, code);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    private Duration jittered(Duration pause) {
        return pause.dividedBy(2).plusMillis(random.nextLong(pause.toMillis() / 2 + 1));
    }

    /** A certificate that we do not trust stays untrusted: waiting does not help. */
    private static boolean isDistrusted(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private RegistryUnavailableException unavailable(RegistryRequest request, int rounds, IOException last) {
        return new RegistryUnavailableException(
                "schema registry away: no answer from " + settings.registries() + " about " + request.about() + " in "
                        + rounds + (rounds == 1 ? " try" : " tries") + " and "
                        + settings.retryTimeout().toMillis()
                        + " ms (" + RegistrySettings.RETRY_TIMEOUT + "); last: " + reason(last),
                last);
    }

    /** The JDK's connection errors often come without a message. */
    private static String reason(IOException failure) {
        String name = failure.getClass().getSimpleName();
        if (failure.getMessage() == null) {
            return name;
        }
        return failure.getClass() == IOException.class ? failure.getMessage() : name + ": " + failure.getMessage();
    }
}
