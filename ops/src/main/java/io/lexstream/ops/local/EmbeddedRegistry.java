package io.lexstream.ops.local;

import io.lexstream.runtime.CloseStack;
import java.io.IOException;

/**
 * A schema registry in this process, which Confluent's clients can use (Avro only). Its state is in the topic
 * {@code _schemas} of the cluster.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private final RegistryHttp http;
    private final CloseStack opened;

    private EmbeddedRegistry(RegistryHttp http, CloseStack opened) {
        this.http = http;
        this.opened = opened;
    }

    /**
     * Reads the state and listens on the loopback interface.
     *
     * @param port another free one is taken if this one is not free; zero = any free one
     * @throws IOException if the cluster cannot be used
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) throws IOException {
        var opened = new CloseStack();
        try {
            var log = opened.add(SchemaLog.open(bootstrapServers));
            var routes = new RegistryRoutes(SchemaStore.restore(log));
            return new EmbeddedRegistry(opened.add(RegistryHttp.open(port, routes)), opened);
        } catch (IOException | RuntimeException e) {
            opened.closeAfter(e);
            throw new IOException(
                    "the schema registry did not start on " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return http.port();
    }

    public String url() {
        return "http://" + Ports.HOST + ":" + port();
    }

    @Override
    public void close() {
        opened.close();
    }
}
