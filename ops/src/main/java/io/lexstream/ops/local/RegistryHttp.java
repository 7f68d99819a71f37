package io.lexstream.ops.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's HTTP server: JSON in, JSON out, and every failure is an answer. */
final class RegistryHttp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;

    private RegistryHttp(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Listens on that port if it is free, else on any free one; 0 = any free one. */
    static RegistryHttp open(int port, RegistryRoutes routes) throws IOException {
        HttpServer server = bindOr(port);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "schema-registry"));
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, routes));
        server.start();
        return new RegistryHttp(server, threads);
    }

    private static HttpServer bindOr(int port) throws IOException {
        try {
            return HttpServer.create(Ports.address(port == 0 ? Ports.freeOr(0) : port), 0);
        } catch (BindException taken) {
            return HttpServer.create(Ports.address(Ports.freeOr(0)), 0);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange, RegistryRoutes routes) throws IOException {
        try (exchange) {
            int status = 200;
            Object answer;
            try {
                answer = routes.answer(RegistryRequest.read(exchange));
            } catch (RegistryException refusal) {
                status = refusal.httpStatus();
                answer = Map.of("error_code", refusal.code(), "message", String.valueOf(refusal.getMessage()));
            } catch (IOException | RuntimeException failure) {
                status = 500;
                answer = Map.of("error_code", 50001, "message", String.valueOf(failure.getMessage()));
                LOG.atError().setCause(failure).log("the schema registry could not answer");
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            // A request that waits for Kafka gives up after SchemaLog's delivery timeout; here it need not.
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
