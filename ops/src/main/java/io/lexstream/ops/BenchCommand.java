package io.lexstream.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.inference.Precision;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.ops.bench.BenchReport;
import io.lexstream.ops.bench.BenchTexts;
import io.lexstream.ops.bench.Benchmark;
import io.lexstream.ops.models.StarterModels;
import io.lexstream.ops.records.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: how fast the pipeline is on this machine, and how fast it could be. */
@Command(
        name = "bench",
        description = {
            "Measure the pipeline from topic to topic, beside its parts alone and three simpler designs: one record at a"
                    + " time, fixed batches, a token budget; the latter two in the order of arrival.",
            "All take turns, round after round; what is printed are medians. Takes some minutes."
        },
        footer = {"", "Examples:", "  lexstream bench", "  lexstream bench --texts 2000 --rounds 5 --json"})
final class BenchCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--task",
            split = ",",
            paramLabel = "T",
            defaultValue = "sentiment,spam",
            description = "Tasks to run together (default: ${DEFAULT-VALUE}).")
    private List<String> tasks = List.of();

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
            description = "Print one JSON object: the figures of mixed texts, and those of short ones as \"short\".")
    private boolean json;

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (texts < 100 || rounds < 1) {
            throw new CommandException("--texts must be at least 100 and --rounds at least 1");
        }
        ContentStore store = new ContentStore(shell.modelCache());
        StarterModels starters = new StarterModels(shell.starterCache(), store);
        Map<String, ModelPackage> packages = new LinkedHashMap<>();
        for (String task : tasks) {
            packages.put(
                    task, starters.find(task).orElseThrow(() -> new CommandException("no starter model for " + task)));
        }
        Path directory = Files.createTempDirectory("lexstream-bench");
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
        } finally {
            Folders.deleteAll(directory);
        }
        return 0;
    }
}
