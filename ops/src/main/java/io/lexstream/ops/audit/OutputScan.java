package io.lexstream.ops.audit;

import io.lexstream.ops.records.TopicReader;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads everything that was committed to the output topics, from the beginning. */
final class OutputScan {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, String> clientConfig;
    private final Topics topics;
    private final List<String> tasks;

    OutputScan(Map<String, String> clientConfig, Topics topics, List<String> tasks) {
        this.clientConfig = clientConfig;
        this.topics = topics;
        this.tasks = List.copyOf(tasks);
    }

    /**
     * How many written offsets readers of committed records cannot see yet, because a transaction is open: of an
     * instance that was killed, until the broker ends it.
     */
    long undecided(Admin admin) throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions = new ArrayList<>(GroupWatch.partitions(admin, topics.deadLetters()));
        for (String task : tasks) {
            partitions.addAll(GroupWatch.partitions(admin, topics.results(task)));
        }
        return ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED)
                - ends(admin, partitions, IsolationLevel.READ_COMMITTED);
    }

    private static long ends(Admin admin, List<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().values().stream()
                .mapToLong(info -> info.offset())
                .sum();
    }

    void into(OutcomeCheck check) {
        Deserializer<ClassificationResult> results =
                AvroSerde.forValues(ClassificationResult.class, clientConfig).deserializer();
        for (String task : tasks) {
            read(
                    topics.results(task),
                    record -> check.result(
                            task,
                            new String(record.key(), StandardCharsets.UTF_8),
                            record.partition(),
                            results.deserialize(record.topic(), record.value())));
        }
        Deserializer<TextEvent> events =
                AvroSerde.forValues(TextEvent.class, clientConfig).deserializer();
        read(
                topics.deadLetters(),
                record -> check.deadLetter(
                        events.deserialize(record.topic(), record.value()).getId()));
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (TopicReader reader = TopicReader.open(new HashMap<>(clientConfig), topic, true)) {
            while (!reader.atEnd()) {
                reader.poll(POLL).forEach(each);
            }
        }
    }
}
