package io.lexstream.ops.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback interface. */
public final class Ports {
    /** The only address that anything here listens on. */
    static final String HOST = "127.0.0.1";

    private static final int BACKLOG = 128;
    private static final int TRIES = 200;

    private Ports() {}

    @SuppressWarnings("AddressSelection") // HOST is an address already, not a name
    static InetSocketAddress address(int port) {
        return new InetSocketAddress(HOST, port);
    }

    /** That port if it is free, else any free one; 0 = any free one. It is free now; nothing keeps it so. */
    public static int freeOr(int preferred) throws IOException {
        try (ServerSocketChannel channel = bindOr(preferred)) {
            return channel.socket().getLocalPort();
        }
    }

    /** A socket bound to that port if it is free, else to any free one; 0 = any free one. */
    static ServerSocketChannel bindOr(int preferred) throws IOException {
        if (preferred == 0) {
            return bindAny();
        }
        try {
            return bind(preferred);
        } catch (BindException taken) {
            return bindAny();
        }
    }

    /** @throws BindException if the port is taken */
    static ServerSocketChannel bind(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(address(port), BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Below the range that the system takes the ports of outgoing connections from: else a client that keeps calling a
     * stopped broker may be given the broker's own port, and the broker cannot come back.
     */
    private static ServerSocketChannel bindAny() throws IOException {
        for (int tried = 0; tried < TRIES; tried++) {
            try {
                return bind(ThreadLocalRandom.current().nextInt(10_000, 32_768));
            } catch (BindException taken) {
                // another one then
            }
        }
        return bind(0);
    }
}
