package io.lexstream.ops;

import io.lexstream.ops.records.RecordJson;
import io.lexstream.ops.records.TopicReader;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.SchemaRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tail}: a topic's records as JSON lines. */
@Command(
        name = "tail",
        description = {
            "Print a topic's records, decoded, one JSON object a line.",
            "Only committed records are shown. A record that cannot be decoded is shown as base64."
        },
        footer = {
            "",
            "Examples:",
            "  lexstream tail text.sentiment",
            "  lexstream tail text.dead-letters --from-beginning --timeout 5",
            "  lexstream tail models --from-beginning --max 10"
        })
final class TailCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Shell shell;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Option(names = "--from-beginning", description = "Start with the oldest record, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "Stop after N records.")
    private Optional<Long> max = Optional.empty();

    @Option(names = "--timeout", paramLabel = "S", description = "Stop when no record has come for S seconds.")
    private Optional<Double> timeout = Optional.empty();

    TailCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        RecordJson records = RecordJson.with(SchemaRegistryClient.of(settings.clientConfig()));
        Brokers.requireAnswer(settings.clientConfig());
        try (TopicReader reader = TopicReader.open(settings.clientConfig(), topic, fromBeginning)) {
            print(reader, records);
        }
        return 0;
    }

    private void print(TopicReader reader, RecordJson records) {
        long left = max.orElse(Long.MAX_VALUE);
        Instant lastRecord = Instant.now();
        while (left > 0 && !shell.out().checkError()) { // an error is a reader that has gone: | head
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (left > 0) {
                    shell.out().println(RecordJson.line(records.of(record)));
                    left--;
                }
                lastRecord = Instant.now();
            }
            if (timeout.isPresent() && silentFor(timeout.get(), lastRecord)) {
                return;
            }
        }
    }

    private static boolean silentFor(double seconds, Instant since) {
        return Duration.between(since, Instant.now()).toMillis() >= seconds * 1000;
    }
}
