package io.lexstream.ops.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** How far the instances have come with the input, and who of them reads what, as the broker knows it. */
final class GroupWatch {
    private final Admin admin;
    private final String group;
    private final List<TopicPartition> partitions;

    private GroupWatch(Admin admin, String group, List<TopicPartition> partitions) {
        this.admin = admin;
        this.group = group;
        this.partitions = List.copyOf(partitions);
    }

    /** @param admin stays the caller's */
    static GroupWatch of(Admin admin, String group, String topic) throws InterruptedException, ExecutionException {
        return new GroupWatch(admin, group, partitions(admin, topic));
    }

    static List<TopicPartition> partitions(Admin admin, String topic) throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription description :
                admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
            description
                    .partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    /**
     * One look at the group.
     *
     * @param partitions what is known of each partition of the input
     */
    record Snapshot(Map<TopicPartition, Partition> partitions) {
        Snapshot {
            partitions = Map.copyOf(partitions);
        }

        long committed() {
            return partitions.values().stream().mapToLong(Partition::committed).sum();
        }

        boolean caughtUp() {
            return partitions.values().stream().allMatch(partition -> partition.backlog() == 0);
        }
    }

    /**
     * @param committed up to where it was processed
     * @param end up to where it was written
     * @param reader the client id of the consumer that it is assigned to; empty if nobody's
     */
    record Partition(long committed, long end, String reader) {
        long backlog() {
            return end - committed;
        }
    }

    Snapshot look() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, String> readers = readers();
        Map<TopicPartition, Partition> looked = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            String reader = readers.getOrDefault(partition, "");
            looked.put(partition, new Partition(offset == null ? 0 : offset.offset(), end.offset(), reader));
        });
        return new Snapshot(looked);
    }

    private Map<TopicPartition, String> readers() throws InterruptedException, ExecutionException {
        Map<TopicPartition, String> readers = new HashMap<>();
        for (MemberDescription member : members()) {
            member.assignment().topicPartitions().forEach(partition -> readers.put(partition, member.clientId()));
        }
        return readers;
    }

    private Collection<MemberDescription> members() throws InterruptedException, ExecutionException {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(description -> description.members().stream())
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of(); // nobody has joined yet
            }
            throw e;
        }
    }
}
