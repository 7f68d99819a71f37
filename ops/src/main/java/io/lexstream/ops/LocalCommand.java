package io.lexstream.ops;

import io.lexstream.ops.demo.DemoFeed;
import io.lexstream.ops.demo.DemoMessages;
import io.lexstream.ops.demo.ResultLines;
import io.lexstream.ops.demo.ResultStream;
import io.lexstream.ops.local.LocalMode;
import io.lexstream.ops.local.LocalSettings;
import io.lexstream.ops.records.EventSender;
import io.lexstream.processors.ProcessorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code local}: everything in one process, with a demo stream. */
@Command(
        name = "local",
        description = {
            "Run a Kafka broker, a schema registry, the processors and the trainer in one process, and print what"
                    + " comes out.",
            "Other programs can use the broker and the registry meanwhile. Data is kept for the next start.",
            "Ctrl-C stops."
        },
        footer = {
            "",
            "Examples:",
            "  lexstream local",
            "  lexstream local --exit-after 20           for scripts: ends with 0 after 20 results",
            "  lexstream local --no-demo --data-dir /tmp/mine --kafka-port 0"
        })
final class LocalCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Shell shell;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the data is kept (default: lexstream in the user's state folder).")
    private Optional<Path> dataDirectory = Optional.empty();

    @Option(
            names = "--kafka-port",
            paramLabel = "P",
            defaultValue = "9092",
            description =
                    "Port of the broker (default: ${DEFAULT-VALUE}); of each port: 0 = any free one, which is also"
                            + " taken when the port is not free.")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "P",
            defaultValue = "8081",
            description = "Port of the schema registry (default: ${DEFAULT-VALUE}).")
    private int registryPort;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port of metrics and health (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--demo",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Send the demo messages, over and over, or not (default: send them).")
    private boolean demo;

    @Option(
            names = "--demo-rate",
            paramLabel = "R",
            defaultValue = "4",
            description = "Demo messages a second (default: ${DEFAULT-VALUE}).")
    private double demoRate;

    @Option(names = "--exit-after", paramLabel = "N", description = "End with 0 when N events have all their results.")
    private Optional<Long> exitAfter = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "Settings of processors and trainer, such as tasks.")
    private Optional<Path> config = Optional.empty();

    LocalCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (!(demoRate > 0)) {
            throw new CommandException("--demo-rate must be above 0, got " + demoRate);
        }
        Path directory = dataDirectory.orElseGet(shell::defaultDataDirectory).toAbsolutePath();
        say(shell.style().bold("Lexstream " + VersionText.lexstream()) + ": starting in " + directory);
        try (Shutdown shutdown = Shutdown.listen(() -> say("stopping ..."));
                LocalMode local = LocalMode.in(directory)) {
            Path log = directory.resolve("logs").resolve("lexstream.log");
            Logging.toFile(log);
            shutdown.on(local.failure());
            run(local, directory, log, shutdown);
        } catch (CancellationException e) {
            // stopped while it was starting
        }
        say("stopped");
        return 0;
    }

    private void run(LocalMode local, Path directory, Path log, Shutdown shutdown) throws Exception {
        ProcessorSettings settings =
                local.start(localSettings(), new PrintedSteps(shell, shutdown), training -> say(RunLine.of(training)));
        Map<String, String> endpoints = Map.of(
                "bootstrap.servers", (String) settings.clientConfig().get("bootstrap.servers"),
                "schema.registry.url", (String) settings.clientConfig().get("schema.registry.url"),
                "http.port", String.valueOf(settings.httpPort()),
                "model.trusted.keys", String.join(",", settings.trustedKeyTexts()),
                "model.signing.key", settings.signingKey().orElseThrow().toString());
        local.own(Endpoints.publish(directory, endpoints));
        ResultStream results =
                local.own(ResultStream.open(settings.clientConfig(), settings.topics(), settings.tasks()));
        say("ready; the log is " + log);
        say("in another terminal: ./lexstream send -    ./lexstream tail "
                + settings.topics().events());
        DemoMessages messages = DemoMessages.load();
        if (demo) {
            local.own(startFeed(settings, messages, shutdown));
        }
        ResultConsole console = new ResultConsole(
                shell,
                new ResultLines(shell.style(), ZoneId.systemDefault(), settings.tasks()),
                messages,
                Clock.systemUTC(),
                exitAfter.orElse(Long.MAX_VALUE));
        while (!console.satisfied() && !shutdown.await(Duration.ZERO)) {
            results.poll(POLL, console);
        }
    }

    private LocalSettings localSettings() throws IOException {
        return new LocalSettings(
                kafkaPort,
                registryPort,
                httpPort,
                config.isPresent() ? SettingsFile.read(config.get()) : Map.of(),
                shell.environment());
    }

    private DemoFeed startFeed(ProcessorSettings settings, DemoMessages messages, Shutdown shutdown) {
        EventSender sender = EventSender.to(
                settings.clientConfig(),
                settings.topics(),
                settings.topics().events(),
                settings.inputFormat(),
                Optional.empty());
        return DemoFeed.start(messages, sender, demoRate, Clock.systemUTC(), shutdown::fail);
    }

    private void say(String line) {
        shell.out().println(line);
    }
}
