package io.lexstream.ops.local;

import io.lexstream.runtime.CloseStack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running KRaft broker and controller, put together as Kafka's own main program does it. */
final class KafkaNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);

    private final Path directory;
    private final SharedServer shared;
    private final NodeFaults faults = new NodeFaults();
    private final CloseStack opened;

    private KafkaNode(NodeSettings settings, NodeSockets sockets, CloseStack opened) {
        this.directory = settings.directory();
        this.opened = opened;
        var config = new KafkaConfig(settings.properties(), false);
        var formatted = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = formatted._1().clusterId().orElseThrow();
        this.shared = new SharedServer(
                config,
                formatted._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(settings.voters()),
                List.of(),
                faults,
                sockets);
        // A start that failed half-way leaves its Raft thread behind.
        opened.add(shared::ensureNotRaftLeader);
        var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
        var broker = new BrokerServer(shared);
        opened.add(controller::shutdown);
        controller.startup();
        opened.add(() -> broker.shutdown(HAND_OVER));
        broker.startup();
    }

    /**
     * Starts a node; a new directory is formatted first. Takes ownership of the sockets.
     *
     * @throws IOException if the directory is in use, or Kafka cannot work with it
     */
    static KafkaNode start(NodeSettings settings, NodeSockets sockets) throws IOException {
        var opened = new CloseStack();
        opened.add(sockets);
        try {
            opened.add(DirectoryLock.take(settings.directory()));
        } catch (IOException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
        try {
            format(settings);
            return new KafkaNode(settings, sockets, opened);
        } catch (Exception e) { // Scala does not declare what it throws
            opened.closeAfter(e);
            throw new IOException("Kafka did not start on " + settings.directory() + ": " + rootMessage(e), e);
        }
    }

    private static void format(NodeSettings settings) throws Exception {
        if (Files.exists(settings.directory().resolve("meta.properties"))) {
            return;
        }
        String directory = settings.directory().toString();
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(settings.id())
                .setClusterId(settings.clusterId())
                .setControllerListenerName(NodeSockets.CONTROLLER)
                .setMetadataLogDirectory(directory)
                .addDirectory(directory)
                .setHasDynamicQuorum(false)
                .run();
    }

    String clusterId() {
        return shared.clusterId();
    }

    /** Completes with the first fault that the node cannot live with. */
    CompletionStage<Throwable> fatalFault() {
        return faults.fatal();
    }

    @Override
    public void close() {
        opened.close();
    }

    /** Leaves the directory as a crash would: the next start must recover its logs. */
    void stopAbruptly() throws IOException {
        opened.close();
        Files.deleteIfExists(directory.resolve(".kafka_cleanshutdown"));
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
