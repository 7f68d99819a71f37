package io.lexstream.ops;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.ops.records.RecordJson;
import io.lexstream.trainer.Evaluation;
import io.lexstream.trainer.EvaluationJson;
import io.lexstream.trainer.EvaluationText;
import io.lexstream.trainer.LabeledTexts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: how good a model is on labelled files. */
@Command(
        name = "evaluate",
        description = {
            "Measure a model on labelled files (JSON lines or CSV, .gz too), beside the baseline of always naming the"
                    + " most frequent label.",
            "Several files are reported one by one and together. Labels that a file never names are left out of the"
                    + " choice.",
            "--precision int8 measures any version, also one that does not admit it."
        },
        footer = {"", "Example:", "  lexstream evaluate --task sentiment --data dev.jsonl.gz other.jsonl:2000"})
final class EvaluateCommand implements Callable<Integer> {
    private static final long SAMPLE_SEED = 1;

    private final Shell shell;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "FILE[:ROWS]",
            description = "Labelled texts; with :ROWS a sample of that many.")
    private List<String> data = List.of();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    EvaluateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        List<LabeledTexts> files = read();
        ModelPackage modelPackage = model.open(shell);
        int cores = Runtime.getRuntime().availableProcessors();
        Evaluation.Result result;
        ModelOpener opener = new ModelOpener(new InferenceSettings(cores, 1));
        try (TextModel live = opener.openToMeasure(modelPackage, model.precision())) {
            result = Evaluation.of(live, files, ProgressLines.to(shell.err()));
        }
        Duration took = Duration.between(started, Instant.now());
        String version = modelPackage.version().toString();
        if (json) {
            shell.out()
                    .println(RecordJson.line(
                            EvaluationJson.of(modelPackage.version().task(), version, result, took)));
        } else {
            shell.out().println(version + "\n");
            shell.out().println(EvaluationText.of(result));
        }
        return 0;
    }

    private List<LabeledTexts> read() throws IOException {
        List<LabeledTexts> files = new ArrayList<>();
        for (String argument : data) {
            files.add(columns.file(argument).read(SAMPLE_SEED));
        }
        return files;
    }
}
