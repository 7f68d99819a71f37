package io.lexstream.ops.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets of a node, bound before the node starts: its settings must name the ports, and nobody can
 * take them in between.
 */
final class NodeSockets implements ServerSocketFactory, AutoCloseable {
    static final String CLIENTS = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private NodeSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    /** Clients on that port or else on any free one, the controller on any free one. */
    static NodeSockets bindOr(int clientPort) throws IOException {
        return withController(Ports.bindOr(clientPort), 0);
    }

    /** Exactly these ports: those of a node that comes back to its cluster. */
    static NodeSockets bind(int clientPort, int controllerPort) throws IOException {
        return withController(Ports.bind(clientPort), controllerPort);
    }

    private static NodeSockets withController(ServerSocketChannel clients, int controllerPort) throws IOException {
        try {
            return new NodeSockets(clients, controllerPort == 0 ? Ports.bindOr(0) : Ports.bind(controllerPort));
        } catch (IOException | RuntimeException e) {
            clients.close();
            throw e;
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    /** The broker's acceptors take over here; what they took they close. */
    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int bufferBytes) throws IOException {
        ServerSocketChannel channel = listener.equals(CONTROLLER) ? controller : clients;
        channel.configureBlocking(false);
        return channel;
    }

    /** Closing twice does no harm. */
    @Override
    public void close() throws IOException {
        try (clients;
                controller) {
            // Both are closed, even if the first fails.
        }
    }
}
