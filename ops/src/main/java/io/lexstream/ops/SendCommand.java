package io.lexstream.ops;

import io.lexstream.events.InputFormat;
import io.lexstream.ops.records.EventLine;
import io.lexstream.ops.records.EventSender;
import io.lexstream.processors.ProcessorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}: one record a line. */
@Command(
        name = "send",
        description = {
            "Send one event a line.",
            "A line is a text, or a JSON object with \"text\" and any of \"key\", \"id\", \"source\", \"language\","
                    + " \"eventTime\", \"attributes\"; what else it holds becomes an attribute.",
            "To the topic of labels a line is a JSON object with \"eventId\", \"task\" and \"value\" or \"stars\";"
                    + " \"value\" is the right label, or the right translation or summary.",
            "With --label a line may also be a text, a tab, and what is right for it."
        },
        footer = {
            "",
            "Examples:",
            "  echo 'The handle broke off after two days.' | lexstream send -",
            "  lexstream send --key kettle-pip feedback.jsonl",
            "  echo '{\"eventId\":\"e1\",\"task\":\"sentiment\",\"value\":\"negative\"}' | lexstream send --topic text.labels -",
            "  printf 'Der Kessel ist undicht.\\tThe kettle leaks.\\n' | lexstream send --label translation -"
        })
final class SendCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--topic", description = "Topic to send to (default: the topic of text events).")
    private Optional<String> topic = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "TASK",
            description = "Send labels of this task to the topic of labels: corrections for the trainer to learn from.")
    private Optional<String> label = Optional.empty();

    @Option(names = "--key", description = "Key of every record whose line names none.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "avro|json|text",
            description = "What the record's value becomes (default: the setting input.format, avro).")
    private Optional<InputFormat> format = Optional.empty();

    @Option(names = "--json", description = "Report as one JSON object.")
    private boolean json;

    @Parameters(paramLabel = "FILE|-", description = "File of lines, may end in .gz; - = standard input.")
    private String file = "-";

    SendCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        String target = topic.orElse(
                label.isPresent()
                        ? settings.topics().labels()
                        : settings.topics().events());
        if (label.isPresent() && !target.equals(settings.topics().labels())) {
            throw new CommandException("--label sends to " + settings.topics().labels() + ", not to " + target);
        }
        Instant started = Instant.now();
        long sent;
        Brokers.requireAnswer(settings.clientConfig());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8));
                EventSender sender = EventSender.to(
                        settings.clientConfig(),
                        settings.topics(),
                        target,
                        format.orElse(settings.inputFormat()),
                        key)) {
            EventLine parser =
                    new EventLine(Clock.systemUTC(), () -> UUID.randomUUID().toString());
            sent = send(lines, label.map(parser::labelling).orElse(parser), sender);
        }
        report(sent, target, Duration.between(started, Instant.now()));
        return 0;
    }

    private InputStream open() throws IOException {
        if (file.equals("-")) {
            return shell.in();
        }
        InputStream bytes = Files.newInputStream(Path.of(file));
        return file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private static long send(BufferedReader lines, EventLine parser, EventSender sender) throws IOException {
        long number = 0;
        long sent = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                sender.send(line, parser);
            } catch (IllegalArgumentException e) {
                sender.flush();
                throw new CommandException(
                        "line " + number + ": " + e.getMessage() + "; the " + sent + " before it were sent", e);
            }
            sent++;
        }
        sender.flush();
        return sent;
    }

    private void report(long sent, String target, Duration took) {
        double seconds = took.toMillis() / 1000.0;
        shell.out()
                .println(
                        json
                                ? String.format(
                                        Locale.ROOT,
                                        "{\"topic\":\"%s\",\"sent\":%d,\"seconds\":%.3f}",
                                        target,
                                        sent,
                                        seconds)
                                : String.format(Locale.ROOT, "sent %d to %s in %.1f s", sent, target, seconds));
    }
}
