package io.lexstream.ops;

import io.lexstream.events.Reason;
import io.lexstream.ops.deadletters.DeadLetterList;
import io.lexstream.ops.deadletters.DeadLetterReplay;
import io.lexstream.ops.records.DeadLetterHeaders;
import io.lexstream.ops.records.RecordJson;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.SchemaRegistryClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deadletters}: records that could not be processed. */
@Command(
        name = "deadletters",
        description = "Look at the records that could not be processed; send them again.",
        footer = {
            "",
            "Examples:",
            "  lexstream deadletters list",
            "  lexstream deadletters replay --reason inference-failed --dry-run"
        })
final class DeadLettersCommand extends CommandGroup {
    private final Shell shell;

    DeadLettersCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(description = "List the dead letters: when, why, and where each came from.")
    int list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--reason", description = "Only those with this reason.") Optional<String> reason,
            @Option(names = "--json", description = "One JSON object a line, with key and value.") boolean json)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        reason.ifPresent(DeadLettersCommand::requireKnown);
        RecordJson records = RecordJson.with(SchemaRegistryClient.of(settings.clientConfig()));
        Brokers.requireAnswer(settings.clientConfig());
        DeadLetterList.forEach(
                settings.clientConfig(),
                settings.topics().deadLetters(),
                reason,
                letter -> shell.out().println(json ? RecordJson.line(records.of(letter)) : line(letter)));
        return 0;
    }

    @Command(
            description = {
                "Send dead letters, as they were, back to the topics they came from.",
                "Each is sent once, also by several replays: how far a replay came is kept in Kafka, by reason."
            })
    int replay(
            @Mixin ClusterOptions cluster,
            @Option(names = "--reason", description = "Only those with this reason.") Optional<String> reason,
            @Option(names = "--dry-run", description = "Only say what would be sent.") boolean dryRun)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        reason.ifPresent(DeadLettersCommand::requireKnown);
        Brokers.requireAnswer(settings.clientConfig());
        try (var replay =
                new DeadLetterReplay(settings.clientConfig(), settings.topics().deadLetters(), reason)) {
            var summary = dryRun ? replay.rehearse() : replay.send();
            String verb = dryRun ? "would be sent again" : "sent again";
            long all =
                    summary.sent().values().stream().mapToLong(Long::longValue).sum();
            shell.out().println(all + " " + verb);
            summary.sent().forEach((why, count) -> shell.out().println("  " + why + " " + count));
            if (summary.cut() > 0) {
                shell.out().println(summary.cut() + " left alone: they were too large to be kept whole");
            }
        }
        return 0;
    }

    private static void requireKnown(String reason) {
        var known = Arrays.stream(Reason.values()).map(Reason::header).toList();
        if (!known.contains(reason) && !reason.equals(DeadLetterHeaders.OTHER)) {
            throw new CommandException("there is no reason " + reason + ", only " + String.join(", ", known) + ", "
                    + DeadLetterHeaders.OTHER);
        }
    }

    private static String line(ConsumerRecord<byte[], byte[]> letter) {
        DeadLetterHeaders headers = DeadLetterHeaders.of(letter.headers()).orElseThrow();
        return String.format(
                "%s  %-17s %s-%d@%d  %s%s",
                Instant.ofEpochMilli(letter.timestamp()).truncatedTo(ChronoUnit.SECONDS),
                headers.reason(),
                headers.topic(),
                headers.partition(),
                headers.offset(),
                headers.task().isEmpty() ? "" : headers.task() + ": ",
                headers.message());
    }
}
