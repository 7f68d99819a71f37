package io.lexstream.trainer.service;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.schemas.UndecodableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place in the group of trainers. The member that owns the run topic's single partition leads; it knows all runs once
 * it has read the topic. Used by one thread, but for {@link #wakeup}.
 */
final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Consumer<String, byte[]> member;
    private final Deserializer<TrainerRun> deserializer;
    private final TopicPartition leadership;
    private final Runnable stepDown;
    private RunLog runs = new RunLog();
    private boolean chosen;
    private long end;

    private Membership(Clients clients, Runnable stepDown) {
        TrainerSettings settings = clients.settings();
        this.member = clients.member();
        this.deserializer =
                AvroSerde.forValues(TrainerRun.class, settings.clientConfig()).deserializer();
        this.leadership = new TopicPartition(settings.topics().runs(), 0);
        this.stepDown = stepDown;
    }

    /** @param stepDown is run before another member may lead */
    static Membership open(Clients clients, Runnable stepDown) {
        Membership membership = new Membership(clients, stepDown);
        membership.join();
        return membership;
    }

    /** Leaves, and joins again. */
    void rejoin() {
        leave();
        member.unsubscribe();
        join();
    }

    private void join() {
        member.subscribe(List.of(leadership.topic()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                if (partitions.contains(leadership)) {
                    runs = new RunLog();
                    end = member.endOffsets(List.of(leadership)).getOrDefault(leadership, 0L);
                    member.seekToBeginning(List.of(leadership));
                    chosen = true;
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                if (partitions.contains(leadership)) {
                    leave();
                }
            }
        });
    }

    private void leave() {
        chosen = false;
        stepDown.run();
    }

    /** Hears from the group and of the runs; all runs there are, if this member leads. */
    Optional<RunLog> poll(Duration wait) {
        for (ConsumerRecord<String, byte[]> record : member.poll(wait)) {
            apply(record);
        }
        return chosen && member.position(leadership) >= end ? Optional.of(runs) : Optional.empty();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            runs.remove(record.key());
            return;
        }
        try {
            runs.put(deserializer.deserialize(record.topic(), value));
        } catch (UndecodableException e) {
            LOG.atWarn().addKeyValue("offset", record.offset()).setCause(e).log("a run that cannot be read is skipped");
        }
    }

    /** Makes a running {@link #poll} end. */
    void wakeup() {
        member.wakeup();
    }

    @Override
    public void close() {
        member.close();
    }
}
