package io.lexstream.processors;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schema registry in memory: registers every schema, and gives it back by its id. */
public final class StubRegistry implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile boolean away;

    public StubRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public Map<String, Object> config() {
        return Map.of(
                "schema.registry.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "schema.registry.retry.timeout.ms",
                "200");
    }

    /** From now on every answer is 503. */
    public void goAway() {
        away = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream question = exchange.getRequestBody()) {
            String path = exchange.getRequestURI().getPath();
            if (away) {
                send(exchange, 503, Map.of("error_code", 50301, "message", "away"));
            } else if (exchange.getRequestMethod().equals("POST")) {
                send(
                        exchange,
                        200,
                        Map.of("id", idOf(JSON.readTree(question).get("schema").asText())));
            } else {
                int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                if (id > schemas.size()) {
                    send(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
                } else {
                    send(exchange, 200, Map.of("schema", schemas.get(id - 1)));
                }
            }
        }
    }

    private int idOf(String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
