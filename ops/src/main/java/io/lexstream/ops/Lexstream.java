package io.lexstream.ops;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line {@code lexstream COMMAND}. Exit code 0 = done, 1 = failed, 2 = wrong use. */
@Command(
        name = "lexstream",
        description = "Streaming NLP on Kafka: text events in, labels out, exactly once.",
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  lexstream local        everything in one process, with a demo stream",
            "  lexstream help tail    what one command does",
            "",
            "Arguments too many for one line may stand in a file, one a line: lexstream @arguments.txt"
        })
public final class Lexstream implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation only
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what the command does.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation only
    private boolean help;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "With an error, show where in the program it came from.")
    private boolean verbose;

    public static void main(String[] arguments) {
        Shell shell = Shell.ofProcess();
        Shutdown.endAtOnce(shell.out()::flush);
        int exitCode = run(shell, arguments);
        shell.out().flush();
        shell.err().flush();
        System.exit(exitCode);
    }

    /** Runs one command and returns its exit code. */
    static int run(Shell shell, String... arguments) {
        try {
            CommandLineGuard.check(Path.of("/proc/self/cmdline"));
        } catch (CommandException e) {
            shell.err().println("lexstream: " + e.getMessage());
            return 1;
        }
        return commandLine(shell).execute(arguments);
    }

    static CommandLine commandLine(Shell shell) {
        CommandLine commandLine = new CommandLine(new Lexstream());
        for (Object command : commands(shell)) {
            commandLine.addSubcommand(command);
        }
        commandLine.setOut(shell.out());
        commandLine.setErr(shell.err());
        commandLine.registerConverter(VersionName.class, new VersionName.Converter());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(false);
        commandLine.setUsageHelpWidth(shell.style().columnsOr(100));
        commandLine.setColorScheme(
                CommandLine.Help.defaultColorScheme(shell.style().ansi()));
        commandLine.setParameterExceptionHandler(Failures::wrongUse);
        commandLine.setExecutionExceptionHandler(Failures::failed);
        return commandLine;
    }

    private static List<Object> commands(Shell shell) {
        return List.of(
                new HelpCommand(),
                new LocalCommand(shell),
                new ProcessCommand(shell),
                new TrainerCommand(shell),
                new PredictCommand(shell),
                new EvaluateCommand(shell),
                new TrainCommand(shell),
                new ModelsCommand(shell),
                new SendCommand(shell),
                new TailCommand(shell),
                new TopicsCommand(shell),
                new DeadLettersCommand(shell),
                new AuditCommand(shell),
                new BenchCommand(shell));
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? See lexstream help");
    }
}
