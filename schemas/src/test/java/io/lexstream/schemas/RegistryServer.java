package io.lexstream.schemas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** An {@link InMemoryRegistry} behind HTTP, on a free port of this machine. */
final class RegistryServer implements AutoCloseable {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final HttpServer server;
    private final String scheme;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private RegistryServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.start();
    }

    static RegistryServer start() throws IOException {
        return new RegistryServer(HttpServer.create(anyPort(), 0), "http");
    }

    static RegistryServer startTls(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new RegistryServer(server, "https");
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    InMemoryRegistry registry() {
        return registry;
    }

    String url() {
        return url("");
    }

    /** With user info, such as {@code "user:password@"}. */
    String url(String userInfo) {
        return scheme + "://" + userInfo + "localhost:" + server.getAddress().getPort();
    }

    /** The Authorization headers so far, "none" where there was none. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "none" : authorization);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        RegistryTransport.Answer answer = registry.answer(
                exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), body);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
