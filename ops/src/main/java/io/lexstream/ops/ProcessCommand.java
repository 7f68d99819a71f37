package io.lexstream.ops;

import io.lexstream.processors.Processing;
import io.lexstream.processors.ProcessorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code process}: the processors, against an existing cluster. */
@Command(
        name = "process",
        description = {
            "Run the processors against an existing cluster until they are told to stop (INT, TERM).",
            "Logs go to standard error. Each setting can be overridden by an environment variable:"
                    + " LEXSTREAM_BATCH_MAX_TOKENS for batch.max.tokens."
        },
        footer = {"", "Example:", "  lexstream process --config /etc/lexstream.properties"})
final class ProcessCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessCommand.class);

    /** For Kafka Streams to finish what it has polled; the rest is processed by another instance, or later. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Shell shell;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings; see docs/settings.md.")
    private Path config = Path.of("");

    ProcessCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        ProcessorSettings settings = settings();
        Logging.toStandardError();
        try (Shutdown shutdown = Shutdown.listen(() -> LOG.info("stopping"))) {
            Processing processing = Processing.start(settings);
            try {
                shutdown.on(processing.failure());
                shutdown.await();
            } finally {
                processing.close(PATIENCE);
            }
        }
        LOG.info("stopped");
        return 0;
    }

    private ProcessorSettings settings() throws Exception {
        try {
            return ProcessorSettings.of(SettingsFile.read(config), shell.environment());
        } catch (ConfigException e) {
            throw new CommandException(config + ": " + e.getMessage(), e);
        }
    }
}
