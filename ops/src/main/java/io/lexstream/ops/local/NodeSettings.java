package io.lexstream.ops.local;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one combined broker and controller must know.
 *
 * @param directory its log directory
 * @param id its node id, from 1
 * @param clientPort where clients connect
 * @param controllerPorts the controller port of every node of the cluster, node 1 first
 * @param clusterId what a new directory is formatted with; a formatted one keeps its own
 * @param overrides broker settings by Kafka's names, on top of ours
 */
record NodeSettings(
        Path directory,
        int id,
        int clientPort,
        List<Integer> controllerPorts,
        String clusterId,
        Map<String, String> overrides) {
    private static final int MIB = 1 << 20;

    /** Texts of 1 MiB with all that Avro, headers and batching put around them. */
    private static final String MESSAGE_BYTES = String.valueOf(EmbeddedKafka.MESSAGE_BYTES);

    NodeSettings {
        controllerPorts = List.copyOf(controllerPorts);
        overrides = Map.copyOf(overrides);
    }

    /** The broker's settings by Kafka's names. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.putAll(identity());
        properties.putAll(replication());
        properties.putAll(footprint());
        properties.putAll(behaviour());
        properties.putAll(overrides);
        return properties;
    }

    private Map<String, String> identity() {
        String listeners = NodeSockets.CLIENTS + "://" + address(clientPort) + "," + NodeSockets.CONTROLLER + "://"
                + address(controllerPort());
        String voters = IntStream.rangeClosed(1, controllerPorts.size())
                .mapToObj(node -> node + "@" + address(controllerPorts.get(node - 1)))
                .collect(Collectors.joining(","));
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(id)),
                Map.entry("listeners", listeners),
                Map.entry("advertised.listeners", listeners),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", NodeSockets.CLIENTS),
                Map.entry("controller.listener.names", NodeSockets.CONTROLLER),
                Map.entry("controller.quorum.voters", voters),
                Map.entry("log.dirs", directory.toString()));
    }

    /** Everything on up to three nodes, and writable with one of three missing. */
    private Map<String, String> replication() {
        String replicas = String.valueOf(Math.min(3, controllerPorts.size()));
        String inSync = controllerPorts.size() < 3 ? "1" : "2";
        return Map.of(
                "default.replication.factor", replicas,
                "min.insync.replicas", inSync,
                "offsets.topic.replication.factor", replicas,
                "transaction.state.log.replication.factor", replicas,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.replication.factor", replicas,
                "share.coordinator.state.topic.min.isr", inSync);
    }

    /** Memory, threads and files as a guest in somebody else's process should have them. */
    private static Map<String, String> footprint() {
        return Map.ofEntries(
                Map.entry("offsets.topic.num.partitions", "3"),
                Map.entry("transaction.state.log.num.partitions", "3"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("share.coordinator.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(4 * MIB)),
                Map.entry("log.segment.bytes", String.valueOf(128 * MIB)),
                Map.entry("log.index.size.max.bytes", String.valueOf(MIB)));
    }

    private static Map<String, String> behaviour() {
        return Map.ofEntries(
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("message.max.bytes", MESSAGE_BYTES),
                Map.entry("replica.fetch.max.bytes", MESSAGE_BYTES),
                Map.entry("log.retention.hours", String.valueOf(7 * 24)),
                // A lone consumer waits for nobody.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the controller refuses the broker's return until its old session is over.
                Map.entry("broker.session.timeout.ms", "4000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                // Kafka would wait for ever.
                Map.entry("server.max.startup.time.ms", "120000"));
    }

    /** The controllers of the cluster by node id. */
    Map<Integer, InetSocketAddress> voters() {
        return IntStream.rangeClosed(1, controllerPorts.size())
                .boxed()
                .collect(Collectors.toMap(node -> node, node -> Ports.address(controllerPorts.get(node - 1))));
    }

    String clientAddress() {
        return address(clientPort);
    }

    int controllerPort() {
        return controllerPorts.get(id - 1);
    }

    private static String address(int port) {
        return Ports.HOST + ":" + port;
    }
}
