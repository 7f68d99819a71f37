package io.lexstream.ops.local;

import io.lexstream.runtime.CloseStack;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** Several Kafka brokers in this process, any one of which may be lost and come back. Nodes are numbered from 1. */
public final class EmbeddedCluster implements AutoCloseable {
    private static final Map<String, String> LEAVING_WITHOUT_A_WORD = Map.of(
            "controlled.shutdown.enable", "false",
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500");

    private final List<NodeSettings> settings;
    private final Map<Integer, KafkaNode> running = new ConcurrentHashMap<>();

    private EmbeddedCluster(List<NodeSettings> settings) {
        this.settings = List.copyOf(settings);
    }

    /** Starts that many brokers, each with a directory of its own below {@code directory}. */
    public static EmbeddedCluster start(Path directory, int nodes) throws IOException {
        if (nodes < 1) {
            throw new IllegalArgumentException("a cluster needs at least one node, got " + nodes);
        }
        List<NodeSockets> sockets = bind(nodes);
        List<Integer> controllers =
                sockets.stream().map(NodeSockets::controllerPort).toList();
        String clusterId = Uuid.randomUuid().toString();
        var cluster = new EmbeddedCluster(IntStream.rangeClosed(1, nodes)
                .mapToObj(id -> new NodeSettings(
                        directory.toAbsolutePath().normalize().resolve("node-" + id),
                        id,
                        sockets.get(id - 1).clientPort(),
                        controllers,
                        clusterId,
                        LEAVING_WITHOUT_A_WORD))
                .toList());
        try {
            cluster.onEachNode(id -> cluster.startNode(id, sockets.get(id - 1)));
            return cluster;
        } catch (IOException | RuntimeException e) {
            try (cluster) {
                throw e;
            }
        }
    }

    /** Of all nodes, also of those that are stopped. */
    public String bootstrapServers() {
        return settings.stream().map(NodeSettings::clientAddress).collect(Collectors.joining(","));
    }

    /** Stops a node as near to a crash as one process allows: nothing is handed over, its logs need recovery. */
    public void stopNode(int id) throws IOException {
        KafkaNode node = running.remove(id);
        if (node == null) {
            throw new IllegalStateException("node " + id + " is not running, only " + running.keySet());
        }
        node.stopAbruptly();
    }

    /** Brings a stopped node back, on its old data and ports; returns when it serves again. */
    public void startNode(int id) throws IOException {
        if (running.containsKey(id)) {
            throw new IllegalStateException("node " + id + " is running already");
        }
        NodeSettings node = settings.get(id - 1);
        startNode(id, NodeSockets.bind(node.clientPort(), node.controllerPort()));
    }

    private void startNode(int id, NodeSockets sockets) throws IOException {
        running.put(id, KafkaNode.start(settings.get(id - 1), sockets));
    }

    /** Stops all nodes at the same time: the last one alone would have no quorum to leave. */
    @Override
    public void close() throws IOException {
        onEachNode(id -> {
            KafkaNode node = running.remove(id);
            if (node != null) {
                node.close();
            }
        });
    }

    private static List<NodeSockets> bind(int nodes) throws IOException {
        var opened = new CloseStack();
        List<NodeSockets> sockets = new ArrayList<>();
        try {
            while (sockets.size() < nodes) {
                sockets.add(opened.add(NodeSockets.bindOr(0)));
            }
            return sockets;
        } catch (IOException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private interface NodeStep {
        void run(int id) throws IOException;
    }

    /** Runs a step for all nodes at once and waits for all of them. */
    private void onEachNode(NodeStep step) throws IOException {
        List<Callable<Integer>> steps = new ArrayList<>();
        for (NodeSettings node : settings) {
            steps.add(() -> {
                step.run(node.id());
                return node.id();
            });
        }
        ExecutorService threads =
                Executors.newFixedThreadPool(settings.size(), task -> new Thread(task, "embedded-cluster"));
        try {
            throwFirstFailure(threads.invokeAll(steps));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while nodes start or stop");
        } finally {
            threads.shutdown();
        }
    }

    private static void throwFirstFailure(List<Future<Integer>> finished) throws IOException, InterruptedException {
        IOException first = null;
        for (Future<Integer> each : finished) {
            try {
                each.get();
            } catch (ExecutionException e) {
                IOException failure = new IOException(e.getMessage(), e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
