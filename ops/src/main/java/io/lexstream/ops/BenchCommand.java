package io.lexstream.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.inference.Precision;
import io.lexstream.model.ContentStore;
import io.lexstream.model.Folders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.ops.bench.BenchReport;
import io.lexstream.ops.bench.BenchTexts;
import io.lexstream.ops.bench.Benchmark;
import io.lexstream.ops.bench.WritingBenchmark;
import io.lexstream.ops.bench.WritingReport;
import io.lexstream.ops.models.StarterModels;
import io.lexstream.ops.records.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: how fast the pipeline is on this machine, and how fast it could be. */
@Command(
        name = "bench",
        description = {
            "Measure the pipeline from topic to topic, beside its parts alone and three simpler designs: one record at a"
                    + " time, fixed batches, a token budget; the latter two in the order of arrival.",
            "Of a model that writes texts: sentences and tokens a second alone, in batches of several sizes, with and"
                    + " without its cache, in int8 and fp32; the pipeline beside the model alone; latency at half load.",
            "All take turns, round after round; what is printed are medians. Takes some minutes."
        },
        footer = {
            "",
            "Examples:",
            "  lexstream bench",
            "  lexstream bench --texts 2000 --rounds 5 --json",
            "  lexstream bench --task translation --model build/translator --texts 300"
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<String> STARTERS = List.of("sentiment", "spam");

    private final Shell shell;

    @Option(
            names = "--task",
            split = ",",
            paramLabel = "T",
            description = "Tasks to run together; translation and summary run alone"
                    + " (default: those of --model, or sentiment,spam).")
    private List<String> tasks = List.of();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = {
                "Package directory, or a folder of an encoder-decoder model as Hugging Face's optimum exports it;",
                "once for each task that is not to be served by the package that Lexstream starts with."
            })
    private List<Path> directories = List.of();

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Texts of a round (default: ${DEFAULT-VALUE}).")
    private int texts;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "Of all contenders: fp32, int8 or auto (default: ${DEFAULT-VALUE}).",
            defaultValue = "auto")
    private Precision precision = Precision.AUTO;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object; of tasks that classify: the figures of mixed texts, and those of short"
                            + " ones as \"short\".")
    private boolean json;

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (texts < 100 || rounds < 1) {
            throw new CommandException("--texts must be at least 100 and --rounds at least 1");
        }
        Map<String, ModelPackage> packages = packages();
        Optional<ModelPackage> writer =
                packages.values().stream().filter(WritingBenchmark::isFor).findFirst();
        if (writer.isPresent() && packages.size() > 1) {
            throw new CommandException("a model that writes texts is measured alone: --task "
                    + writer.get().version().task());
        }
        Path directory = Files.createTempDirectory("lexstream-bench");
        try {
            if (writer.isPresent()) {
                write(directory, writer.get());
            } else {
                classify(directory, packages);
            }
        } finally {
            Folders.deleteAll(directory);
        }
        return 0;
    }

    private void classify(Path directory, Map<String, ModelPackage> packages) throws Exception {
        try (Benchmark benchmark = Benchmark.open(directory, packages, precision, rounds, shell.err())) {
            BenchReport mixed = benchmark.run("mixed", BenchTexts.mixed(texts));
            BenchReport brief = benchmark.run("short", BenchTexts.brief(texts));
            if (json) {
                ObjectNode both = mixed.json();
                both.set("short", brief.json());
                shell.out().println(RecordJson.line(both));
            } else {
                shell.out().println(mixed.table());
                shell.out().println(brief.table());
            }
        }
    }

    private void write(Path directory, ModelPackage writer) throws Exception {
        try (WritingBenchmark benchmark = WritingBenchmark.open(directory, writer, precision, rounds, shell.err())) {
            WritingReport report = benchmark.run(texts);
            shell.out().println(json ? RecordJson.line(report.json()) : report.table());
        }
    }

    /** By task: those of {@code --model}, and starter models for the others. */
    private Map<String, ModelPackage> packages() throws IOException, ModelRejectedException {
        ContentStore store = new ContentStore(shell.modelCache());
        Optional<String> onlyTask = tasks.size() == 1 ? Optional.of(tasks.get(0)) : Optional.empty();
        Map<String, ModelPackage> given = new LinkedHashMap<>();
        for (Path directory : directories) {
            ModelPackage model = new ModelDirectory(directory).open(onlyTask, store);
            given.put(model.version().task(), model);
        }
        StarterModels starters = new StarterModels(shell.starterCache(), store);
        Map<String, ModelPackage> packages = new LinkedHashMap<>();
        for (String task : tasks) {
            Optional<ModelPackage> model = Optional.ofNullable(given.remove(task));
            packages.put(
                    task,
                    model.isPresent()
                            ? model.get()
                            : starters.find(task)
                                    .orElseThrow(() -> new CommandException("Lexstream starts with no model for the"
                                            + " task " + task + ": give a package by --model DIR")));
        }
        packages.putAll(given);
        if (packages.isEmpty()) {
            for (String task : STARTERS) {
                starters.find(task).ifPresent(model -> packages.put(task, model));
            }
        }
        return packages;
    }
}
