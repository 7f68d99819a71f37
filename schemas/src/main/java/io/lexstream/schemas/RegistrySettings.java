package io.lexstream.schemas;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Where the schema registries are, how they let us in, and how long we ask.
 *
 * @param registries equal registries, tried in turn; never empty
 * @param tls empty = the JDK's own trust store
 * @param connectTimeout how long one registry may take to accept a connection
 * @param requestTimeout how long one registry may take to answer
 * @param retryTimeout how long a call is repeated while no registry answers; zero = every registry is asked once
 */
record RegistrySettings(
        List<Registry> registries,
        Optional<SSLContext> tls,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration retryTimeout) {
    static final String URL = "schema.registry.url";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String RETRY_TIMEOUT = "schema.registry.retry.timeout.ms";
    private static final String SSL_PREFIX = ClientConfig.REGISTRY_PREFIX + "ssl.";

    RegistrySettings {
        registries = List.copyOf(registries);
        if (registries.isEmpty()) {
            throw new ConfigException(URL + " names no registry");
        }
        if (requestTimeout.isZero()) {
            throw new ConfigException(READ_TIMEOUT + " must be > 0");
        }
    }

    /** One registry: its address without user info, and the Authorization header that opens it. */
    record Registry(URI url, Optional<String> authorization) {
        /** Shows the address only. */
        @Override
        public String toString() {
            return url.toString();
        }
    }

    static RegistrySettings of(ClientConfig config) {
        Credentials credentials = Credentials.of(config);
        List<Registry> registries = new ArrayList<>();
        for (String text : config.list(URL)) {
            URI url = parse(text);
            registries.add(new Registry(withoutUserInfo(url), credentials.header(url)));
        }
        return new RegistrySettings(
                registries,
                tls(config),
                config.millis("http.connect.timeout.ms", Duration.ofSeconds(5)),
                config.millis(READ_TIMEOUT, Duration.ofSeconds(10)),
                config.millis(RETRY_TIMEOUT, Duration.ofSeconds(30)));
    }

    private static URI parse(String text) {
        try {
            URI url = new URI(text.replaceAll("/+$", ""));
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below; the exception would repeat a password in the text
        }
        throw new ConfigException(
                URL + " must be http(s)://host[:port][/path], several with commas; one of them is not");
    }

    private static URI withoutUserInfo(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return URI.create(url.getScheme() + "://" + url.getHost() + port + url.getRawPath());
    }

    /** Kafka reads its own ssl.* keys (JKS, PKCS12, PEM); the registry's differ by a prefix. */
    private static Optional<SSLContext> tls(ClientConfig config) {
        Map<String, Object> ssl = new HashMap<>();
        config.values().forEach((key, value) -> {
            if (key.startsWith(SSL_PREFIX) && value != null) {
                ssl.put(key.substring(ClientConfig.REGISTRY_PREFIX.length()), value);
            }
        });
        if (ssl.isEmpty()) {
            return Optional.empty();
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(new ConfigDef().withClientSslSupport(), ssl, false).values());
            return Optional.of(factory.sslContext());
        }
    }
}
