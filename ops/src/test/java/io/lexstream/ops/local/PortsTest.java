package io.lexstream.ops.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aFreePortIsKept() throws IOException {
        int free = Ports.freeOr(0);

        assertThat(Ports.freeOr(free)).isEqualTo(free);
    }

    @Test
    void aTakenPortIsReplacedByAFreeOne() throws IOException {
        try (ServerSocketChannel taken = Ports.bindOr(0)) {
            int port = taken.socket().getLocalPort();

            assertThat(Ports.freeOr(port)).isNotEqualTo(port).isPositive();
        }
    }

    @Test
    void anyFreePortIsOneThatNoOutgoingConnectionGets() throws IOException {
        assertThat(Ports.freeOr(0)).isBetween(10_000, 32_767);
    }

    @Test
    void onlyTheLoopbackInterfaceIsUsed() throws IOException {
        try (ServerSocketChannel channel = Ports.bindOr(0)) {
            assertThat(channel.socket().getInetAddress().isLoopbackAddress()).isTrue();
        }
    }
}
