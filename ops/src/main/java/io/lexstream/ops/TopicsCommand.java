package io.lexstream.ops;

import io.lexstream.ops.topics.TopicCreator;
import io.lexstream.ops.topics.TopicCreator.Outcome;
import io.lexstream.ops.topics.TopicPlan;
import io.lexstream.processors.ProcessorSettings;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics}: the topics as Lexstream needs them. */
@Command(
        name = "topics",
        description = "Make the topics with the right settings.",
        footer = {
            "",
            "Example:",
            "  lexstream topics create --bootstrap-servers kafka:9092 --partitions 8 --replication 3"
        })
final class TopicsCommand extends CommandGroup {
    private final Shell shell;

    TopicsCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            description = {
                "Make the topics that are missing; those that are there stay as they are.",
                "Ends with 1 if one of them is set up so that it would lose what it holds."
            })
    int create(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "Partitions of the topics for texts and results (default: ${DEFAULT-VALUE}).")
                    int partitions,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            description =
                                    "Copies of each topic (default: as the cluster does). From 3 up two must be in sync.")
                    Optional<Short> replication)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        List<TopicPlan> plans = TopicPlan.all(settings.topics(), settings.tasks(), partitions);
        try (Admin admin = Brokers.connect(settings.clientConfig())) {
            List<Outcome> outcomes = new TopicCreator(admin).create(plans, replication);
            outcomes.forEach(outcome -> shell.out().println(line(outcome)));
            return outcomes.stream().allMatch(outcome -> outcome.problem().isEmpty()) ? 0 : 1;
        }
    }

    private static String line(Outcome outcome) {
        String state = outcome.created() ? "created" : "exists";
        return String.format(
                "%-20s %s%s",
                outcome.plan().name(), state, outcome.problem().isEmpty() ? "" : ", but " + outcome.problem());
    }
}
