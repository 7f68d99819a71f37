package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.RegistrySettings.Registry;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {
    private static final String URL = "schema.registry.url";

    @Test
    void severalUrlsComeAsTextOrList() {
        Registry a = new Registry(URI.create("http://a:8081"), Optional.empty());
        Registry b = new Registry(URI.create("https://b/apis/ccompat/v7"), Optional.empty());

        assertThat(of(Map.of(URL, "http://a:8081/ , https://b/apis/ccompat/v7")).registries())
                .containsExactly(a, b);
        assertThat(of(Map.of(URL, List.of("http://a:8081", "https://b/apis/ccompat/v7")))
                        .registries())
                .containsExactly(a, b);
    }

    @Test
    void aMissingOrBadUrlIsRefusedWithoutShowingItsPassword() {
        assertThatThrownBy(() -> of(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(URL);
        assertThatThrownBy(() -> of(Map.of(URL, "mock://x"))).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> of(Map.of(URL, "http://ann:sec ret@a")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(URL)
                .hasMessageNotContaining("ret");
    }

    @Test
    void noTextFormShowsAPassword() {
        Map<String, Object> config = Map.of(
                URL,
                "http://ann:secret@a",
                "schema.registry.basic.auth.credentials.source",
                "USER_INFO",
                "schema.registry.basic.auth.user.info",
                new Password("bob:secret"));

        RegistrySettings settings = of(config);

        assertThat(settings.registries().get(0).authorization()).contains("Basic Ym9iOnNlY3JldA==");
        assertThat(settings.toString() + new ClientConfig(config) + Credentials.of(new ClientConfig(config)))
                .doesNotContain("secret")
                .doesNotContain("Ym9iOnNlY3JldA==");
    }

    @Test
    void userInfoInTheUrlCountsWithoutFurtherSettings() {
        List<Registry> registries =
                of(Map.of(URL, "http://bob:secret@a,http://b")).registries();

        assertThat(registries.get(0).authorization()).contains("Basic Ym9iOnNlY3JldA==");
        assertThat(registries.get(1).authorization()).isEmpty();
    }

    @Test
    void aBearerTokenIsSentAsIs() {
        Map<String, String> config =
                Map.of(URL, "http://a", "bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0k");

        assertThat(of(config).registries().get(0).authorization()).contains("Bearer t0k");
    }

    @Test
    void aValueThatMakesNoSenseIsRefused() {
        for (Map<String, String> bad : List.of(
                Map.of("basic.auth.credentials.source", "GUESS"),
                Map.of("basic.auth.credentials.source", "USER_INFO"),
                Map.of("basic.auth.credentials.source", "SASL_INHERIT"),
                Map.of("bearer.auth.credentials.source", "OAUTHBEARER"),
                Map.of("schema.registry.retry.timeout.ms", "-1"),
                Map.of("http.read.timeout.ms", "0"),
                Map.of(
                        "schema.registry.ssl.truststore.type",
                        "PEM",
                        "schema.registry.ssl.truststore.location",
                        "none"))) {
            Map<String, String> config = new HashMap<>(bad);
            config.put(URL, "http://a");
            assertThatThrownBy(() -> of(config)).as("%s", bad).isInstanceOf(KafkaException.class);
        }
    }

    private static RegistrySettings of(Map<String, ?> config) {
        return RegistrySettings.of(new ClientConfig(config));
    }
}
