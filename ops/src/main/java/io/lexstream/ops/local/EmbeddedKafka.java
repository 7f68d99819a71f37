package io.lexstream.ops.local;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;

/** A Kafka broker in this process, for clients on this machine; its data survives it. */
public final class EmbeddedKafka implements AutoCloseable {
    /** Largest batch of records that the broker takes. */
    public static final int MESSAGE_BYTES = 4 << 20;

    private final KafkaNode node;
    private final int port;

    private EmbeddedKafka(KafkaNode node, int port) {
        this.node = node;
        this.port = port;
    }

    /**
     * Starts the broker and waits until clients can connect.
     *
     * @throws IOException if another process uses the directory, or Kafka cannot work with it
     */
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) throws IOException {
        NodeSockets sockets = NodeSockets.bindOr(settings.port());
        int port = sockets.clientPort();
        // The controller may have another port at every start: with a single voter nobody else keeps its address.
        var nodeSettings = new NodeSettings(
                settings.directory(),
                1,
                port,
                List.of(sockets.controllerPort()),
                Uuid.randomUuid().toString(),
                settings.overrides());
        return new EmbeddedKafka(KafkaNode.start(nodeSettings, sockets), port);
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    /** The same at every start on one directory. */
    public String clusterId() {
        return node.clusterId();
    }

    /** Completes with the first fault that the broker cannot live with; without one it never completes. */
    public CompletionStage<Throwable> fatalFault() {
        return node.fatalFault();
    }

    @Override
    public void close() {
        node.close();
    }
}
