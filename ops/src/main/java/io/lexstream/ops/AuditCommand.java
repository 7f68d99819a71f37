package io.lexstream.ops;

import io.lexstream.model.Folders;
import io.lexstream.ops.audit.Audit;
import io.lexstream.ops.audit.AuditOptions;
import io.lexstream.ops.audit.AuditOptions.Fault;
import io.lexstream.ops.audit.AuditProgress;
import io.lexstream.ops.audit.AuditReport;
import io.lexstream.ops.audit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit}: proof that nothing is lost, doubled or mislabelled. */
@Command(
        name = "audit",
        description = {
            "Check on this machine that every record ends exactly once.",
            "Records flow through two instances of the service, in processes of their own, on a broker of its own;"
                    + " the instances are killed at seeded moments, and models are swapped. Then all outputs are read"
                    + " and held against what was sent: lost, doubled, out of order, or not what the model says.",
            "Exit code 0 only if nothing is wrong. The default takes some ten minutes on two cores."
        },
        footer = {"", "Example:", "  lexstream audit --records 2000 --kills 3 --terms 1"})
final class AuditCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command is called
    private CommandSpec spec;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Records that flow at least (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "10",
            description = "Instances killed with SIGKILL (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--terms",
            paramLabel = "N",
            defaultValue = "3",
            description = "Instances stopped with SIGTERM (default: ${DEFAULT-VALUE}).")
    private int terms;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Chooses texts, keys, models and moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Absent or empty directory to work in, kept; else a temporary one, kept if something is wrong.")
    private Optional<Path> dataDirectory = Optional.empty();

    @Option(names = "--json", description = "Report as one JSON object.")
    private boolean json;

    @Option(
            names = "--fault",
            hidden = true,
            defaultValue = "none",
            description = "Plant a fault, to see it found: none, buffering.")
    private Fault fault = Fault.NONE;

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        Path directory = directory();
        Clock clock = Clock.systemUTC();
        AuditProgress progress = new AuditProgress(shell.err()::println, clock);
        shell.err().println("audit: working in " + directory);
        AuditReport report = Audit.run(options(directory), ChildJvm.likeThisOne(), shell.modelCache(), clock, progress);
        shell.out().println(json ? report.json() : report.table());
        if (report.passed() && dataDirectory.isEmpty()) {
            Folders.deleteAll(directory);
        }
        return report.passed() ? 0 : 1;
    }

    private AuditOptions options(Path directory) {
        try {
            return new AuditOptions(records, kills, terms, seed, directory, fault);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Path directory() throws IOException {
        if (dataDirectory.isEmpty()) {
            return Files.createTempDirectory("lexstream-audit-");
        }
        Path directory = Files.createDirectories(dataDirectory.get()).toAbsolutePath();
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new CommandException(directory + " is not empty: an audit must find only what it wrote itself");
            }
        }
        return directory;
    }
}
