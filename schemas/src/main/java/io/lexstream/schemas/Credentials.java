package io.lexstream.schemas;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/** What a schema registry is shown to let us in; never prints itself. */
final class Credentials {
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String BASIC_USER_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";

    private final Function<URI, Optional<String>> authorization;

    private Credentials(Function<URI, Optional<String>> authorization) {
        this.authorization = authorization;
    }

    static Credentials of(ClientConfig config) {
        if (config.text(BEARER_SOURCE).isPresent()) {
            return bearer(config);
        }
        String source = config.text(BASIC_SOURCE, "URL").strip().toUpperCase(Locale.ROOT);
        return switch (source) {
            case "URL" ->
                new Credentials(url -> Optional.ofNullable(url.getRawUserInfo()).map(Credentials::basic));
            case "USER_INFO" -> always(basic(config.required(BASIC_USER_INFO)));
            case "SASL_INHERIT" -> always(basic(saslUser(config)));
            default -> throw new ConfigException(BASIC_SOURCE, source, "must be URL, USER_INFO or SASL_INHERIT");
        };
    }

    private static Credentials bearer(ClientConfig config) {
        String source = config.required(BEARER_SOURCE).strip();
        if (!source.equalsIgnoreCase("STATIC_TOKEN")) {
            throw new ConfigException(BEARER_SOURCE, source, "must be STATIC_TOKEN");
        }
        return always("Bearer " + config.required(BEARER_TOKEN));
    }

    private static Credentials always(String header) {
        return new Credentials(url -> Optional.of(header));
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static String saslUser(ClientConfig config) {
        Password jaas = new Password(config.required(SaslConfigs.SASL_JAAS_CONFIG));
        List<AppConfigurationEntry> entries = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, jaas))
                .configurationEntries();
        for (AppConfigurationEntry entry : entries) {
            Object user = entry.getOptions().get("username");
            Object password = entry.getOptions().get("password");
            if (user != null && password != null) {
                return user + ":" + password;
            }
        }
        throw new ConfigException(SaslConfigs.SASL_JAAS_CONFIG + " names no username and password to inherit");
    }

    /** The Authorization header for the registry at {@code url}, which still has its user info. */
    Optional<String> header(URI url) {
        return authorization.apply(url);
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
