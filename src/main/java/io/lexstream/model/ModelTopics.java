package io.lexstream.model;

import io.lexstream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that models travel by, as they must be: one partition, compacted, room for a chunk. */
public final class ModelTopics {
    /** Kafka's own default; written down because a cluster may have a lower one. */
    private static final int MAX_MESSAGE_BYTES = 1_048_588;

    private ModelTopics() {}

    /**
     * Creates the topics that are not there yet.
     *
     * @return the names of those created
     * @throws IllegalStateException if one is there with more than one partition
     */
    public static List<String> create(Admin admin, Topics topics, short replication) {
        List<String> created = new ArrayList<>();
        for (String name : List.of(topics.models(), topics.modelBlobs(), topics.modelStatus())) {
            try {
                await(admin.createTopics(List.of(topic(name, replication))).all());
                created.add(name);
            } catch (TopicExistsException e) {
                requireOnePartition(admin, name);
            }
        }
        return created;
    }

    private static NewTopic topic(String name, short replication) {
        return new NewTopic(name, 1, replication)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        String.valueOf(MAX_MESSAGE_BYTES),
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        replication > 2 ? "2" : "1"));
    }

    private static void requireOnePartition(Admin admin, String name) {
        for (TopicDescription topic :
                await(admin.describeTopics(List.of(name)).allTopicNames()).values()) {
            int partitions = topic.partitions().size();
            if (partitions != 1) {
                throw new IllegalStateException("topic " + name + " has " + partitions
                        + " partitions, models need exactly one: delete it or name another");
            }
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
