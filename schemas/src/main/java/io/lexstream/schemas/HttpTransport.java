package io.lexstream.schemas;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's HTTP client, speaking the registry's content type. */
final class HttpTransport implements RegistryTransport {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpClient http;

    HttpTransport(RegistrySettings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (!settings.connectTimeout().isZero()) {
            builder.connectTimeout(settings.connectTimeout());
        }
        settings.tls().ifPresent(builder::sslContext);
        http = builder.build();
    }

    @Override
    public Answer send(RegistrySettings.Registry registry, RegistryRequest request, Duration timeout)
            throws IOException, InterruptedException {
        // Not send(): its timeout ends with the headers, so a registry that stalls in the body would hold us for ever.
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(httpRequest(registry, request), BodyHandlers.ofString());
        try {
            HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest httpRequest(RegistrySettings.Registry registry, RegistryRequest request) {
        BodyPublisher body =
                request.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(registry.url() + request.path()))
                .header("Accept", CONTENT_TYPE + ", application/json; q=0.5")
                .header("Content-Type", CONTENT_TYPE)
                .method(request.method(), body);
        registry.authorization().ifPresent(header -> builder.header("Authorization", header));
        return builder.build();
    }
}
