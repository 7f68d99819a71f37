package io.lexstream.trainer.service;

import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelStatus;
import io.lexstream.schemas.UndecodableException;
import io.lexstream.trainer.service.TrialDecision.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trials of all tasks, as the trainer that may run follows them: it hears the whole status topic, from the
 * beginning on, and people's labels, and lets the controller decide. Used by the service's thread.
 */
final class TrialWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialWatch.class);

    private final Consumer<byte[], byte[]> statuses;
    private final AvroSerde<ModelStatus> serde;
    private final Champions champions;
    private final TrialLabels labels;
    private final TrialController controller;
    private Map<TopicPartition, Long> unread = Map.of();

    private TrialWatch(Clients clients, Champions champions, TrialController.Actions actions, Clock clock) {
        TrainerSettings settings = clients.settings();
        this.statuses = clients.reader();
        this.serde = AvroSerde.forValues(ModelStatus.class, settings.clientConfig());
        this.champions = champions;
        this.labels = new TrialLabels(clients, champions);
        this.controller = new TrialController(settings.trialLimits(), settings.longestTrial(), labels, actions, clock);
    }

    /** @param champions is read from, and remains the caller's */
    static TrialWatch open(Clients clients, Champions champions, TrialController.Actions actions, Clock clock) {
        TrialWatch watch = new TrialWatch(clients, champions, actions, clock);
        try {
            watch.seek(clients.settings().topics().modelStatus());
            return watch;
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    private void seek(String topic) {
        List<TopicPartition> partitions = Clients.partitions(statuses, topic);
        statuses.assign(partitions);
        statuses.seekToBeginning(partitions);
        unread = statuses.endOffsets(partitions);
    }

    /** Whether there is more to do at once. */
    boolean isBusy() {
        return labels.isBusy();
    }

    /** One turn: what instances and people say, and what follows from it. */
    void step() {
        Deserializer<ModelStatus> deserializer = serde.deserializer();
        for (ConsumerRecord<byte[], byte[]> record : statuses.poll(Duration.ZERO)) {
            hear(record, deserializer);
        }
        Collection<Deployment> live = champions.deployments();
        labels.step(live);
        if (knowsAll() && controller.step(live).stream().anyMatch(TrialWatch::isEnd)) {
            champions.catchUp(); // or what was just ended would be decided about again
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record, Deserializer<ModelStatus> deserializer) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            controller.heard(deserializer.deserialize(record.topic(), value));
        } catch (UndecodableException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("a status that cannot be read is skipped");
        }
    }

    /** Nothing is decided before all is heard that was said before: an objection may be among it. */
    private boolean knowsAll() {
        if (!unread.isEmpty()
                && unread.entrySet().stream().allMatch(end -> statuses.position(end.getKey()) >= end.getValue())) {
            unread = Map.of();
        }
        return unread.isEmpty();
    }

    private static boolean isEnd(TrialDecision decision) {
        return decision.outcome() != Outcome.CONTINUE;
    }

    @Override
    public void close() {
        try (labels;
                serde) {
            statuses.close();
        }
    }
}
