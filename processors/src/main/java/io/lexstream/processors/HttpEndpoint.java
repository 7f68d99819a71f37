package io.lexstream.processors;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Metrics and health over HTTP: /metrics, /health/live, /health/ready. */
final class HttpEndpoint implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService thread;

    private HttpEndpoint(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /** @param port 0 = any free one */
    static HttpEndpoint open(String host, int port, Health health, PrometheusMeterRegistry metrics) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + host + ":" + port + " (http.host, http.port): " + e.getMessage(), e);
        }
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread created = new Thread(work, "http");
            created.setDaemon(true);
            return created;
        });
        server.setExecutor(thread);
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        server.createContext("/health/live", exchange -> answer(exchange, health::reasonsNotLive));
        server.createContext("/health/ready", exchange -> answer(exchange, health::reasonsNotReady));
        server.start();
        return new HttpEndpoint(server, thread);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Supplier<List<String>> reasons) throws IOException {
        List<String> why = reasons.get();
        String status = why.isEmpty() ? "ok" : "unavailable";
        String body = JSON.writeValueAsString(Map.of("status", status, "reasons", why));
        answer(exchange, why.isEmpty() ? 200 : 503, "application/json", body);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
