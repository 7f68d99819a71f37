package io.lexstream.ops;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.EvaluationText;
import io.lexstream.trainer.HeadOptions;
import io.lexstream.trainer.HeadRequest;
import io.lexstream.trainer.HeadTraining;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: labelled files in, a package out. */
@Command(
        name = "train",
        description = {
            "Train a model from labelled files (JSON lines or CSV, .gz too) and write a package.",
            "Method head: a linear head on a frozen encoder. Each text is encoded once and remembered, so a second"
                    + " run on the same files takes seconds."
        },
        footer = {
            "",
            "Example:",
            "  lexstream train --task intent --data intent.jsonl --out build/intent",
            "  lexstream train --task intent --data mails.csv --text-column subject,body --label-column team --out D",
            "  lexstream models publish build/intent"
        })
final class TrainCommand implements Callable<Integer> {
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How a model may be trained. */
    enum Method {
        HEAD
    }

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--task", required = true, paramLabel = "TASK", description = "What the model will serve.")
    private String task = "";

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "FILE[:ROWS]",
            description = "Texts to train on; with :ROWS a sample of that many.")
    private List<String> data = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the package goes; absent or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--method",
            defaultValue = "head",
            paramLabel = "head",
            description = "How to train (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("UnusedVariable") // there is one so far, and picocli refuses others
    private Method method = Method.HEAD;

    @Option(
            names = "--dev",
            arity = "1..*",
            paramLabel = "FILE[:ROWS]",
            description = "Texts that decide when to stop, besides the tenth that is held out of each training file.")
    private List<String> dev = List.of();

    @Option(
            names = "--test",
            arity = "1..*",
            paramLabel = "FILE[:ROWS]",
            description = "Texts that are only reported on.")
    private List<String> test = List.of();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Option(
            names = "--golden",
            paramLabel = "FILE",
            description = "Labelled texts that go into the package; it must label them so wherever it is opened.")
    private Optional<Path> golden = Optional.empty();

    @Option(names = "--notes", paramLabel = "FILE", description = "Markdown for the model card: data, terms, limits.")
    private Optional<Path> notes = Optional.empty();

    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            description = "Unique within the task (default: the time, such as 20250131-120000).")
    private Optional<String> version = Optional.empty();

    @Option(names = "--license", paramLabel = "TEXT", description = "Terms of the weights.")
    private String license = "";

    @Option(
            names = "--base",
            paramLabel = "NAME",
            description = "Base encoder (default: the one that Lexstream brings).")
    private Optional<String> base = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the samples (default: 1).")
    private long seed = HeadOptions.DEFAULT.seed();

    TrainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        BaseEncoders encoders = BaseEncoders.onClassPath();
        int cores = Runtime.getRuntime().availableProcessors();
        HeadTraining training = new HeadTraining(
                base.isPresent() ? encoders.named(base.get()) : encoders.all().get(0),
                new ContentStore(shell.modelCache()),
                shell.featureCache(),
                new InferenceSettings(cores, 1),
                Clock.systemUTC(),
                ProgressLines.to(shell.err()));
        HeadTraining.Outcome outcome = training.run(request(), out);
        shell.out()
                .println(EvaluationText.of(
                        outcome.quality().test(), outcome.quality().bagOfWords()));
        shell.out()
                .println(
                        outcome.modelPackage().version() + " is in " + out + "; next: lexstream models publish " + out);
        return 0;
    }

    private HeadRequest request() {
        return new HeadRequest(
                task,
                version.orElseGet(() -> VERSION.format(Instant.now())),
                license,
                files(data),
                files(dev),
                files(test),
                golden,
                notes,
                options(),
                command());
    }

    private HeadOptions options() {
        HeadOptions options = HeadOptions.DEFAULT;
        return new HeadOptions(
                options.pooling(),
                options.maxTokens(),
                options.penalties(),
                options.weights(),
                options.maxSteps(),
                options.heldOut(),
                seed);
    }

    private List<DataFile> files(List<String> arguments) {
        return arguments.stream().map(columns::file).toList();
    }

    /** As it was typed, for the model card. */
    private String command() {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return "./lexstream "
                + arguments.stream()
                        .map(argument -> argument.contains(" ") ? "'" + argument + "'" : argument)
                        .collect(Collectors.joining(" "));
    }
}
