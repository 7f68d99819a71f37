package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.ModelVersion;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessorMetrics metrics = new ProcessorMetrics(registry, 1000);
    private Optional<Throwable> failure = Optional.empty();
    private Map<String, String> withoutModel = Map.of();
    private Optional<String> notRunning = Optional.empty();
    private final HttpEndpoint http = HttpEndpoint.open(
            "127.0.0.1", 0, new Health(() -> failure, () -> withoutModel, () -> notRunning), registry);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void readyMeansThatStreamsRunAndEveryTaskHasAModel() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        withoutModel = Map.of("spam", "", "sentiment", "sentiment@1 is unsigned");
        notRunning = Optional.of("REBALANCING");

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body())
                .contains("task spam has no model\"")
                .contains("task sentiment has no model; refused: sentiment@1 is unsigned")
                .contains("Kafka Streams is REBALANCING");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aFailedServiceIsNotLive() throws Exception {
        failure = Optional.of(new IllegalStateException("the topic went away"));

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).contains("the topic went away");
    }

    @Test
    void metricsHaveTheirNamesAndTags() throws Exception {
        metrics.windowStarted(3, Duration.ofMillis(20), Duration.ofMillis(2));
        ModelVersion first = new ModelVersion("spam", "tiny", "1", "abc");
        ModelVersion second = new ModelVersion("spam", "tiny", "2", "def");
        metrics.modelServed(first, Duration.ofMillis(900));
        metrics.batchRan(first, 3, 60, 80, Duration.ofMillis(30));
        metrics.modelServed(second, Duration.ofMillis(900));
        metrics.batchRan(second, 3, 60, 80, Duration.ofMillis(30));

        String page = get("/metrics").body();

        assertThat(page)
                .contains("lexstream_queue_seconds_count 1")
                .contains("lexstream_tokenise_seconds_count 1")
                .contains("lexstream_inference_seconds_count{model=\"2\",task=\"spam\"} 1")
                .contains("lexstream_batch_fill_ratio_sum{task=\"spam\"} 0.16")
                .contains("lexstream_batch_padding_ratio_sum{task=\"spam\"} 0.5")
                .contains("lexstream_model_swap_seconds_count{task=\"spam\"} 2")
                .contains("lexstream_model_info{digest=\"def\",task=\"spam\",version=\"2\"} 1")
                .doesNotContain("version=\"1\"", "model=\"1\"");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> HttpEndpoint.open(
                        "127.0.0.1", http.port(), new Health(Optional::empty, Map::of, Optional::empty), registry))
                .hasMessageContaining("http.port")
                .hasMessageContaining(String.valueOf(http.port()));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + http.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
