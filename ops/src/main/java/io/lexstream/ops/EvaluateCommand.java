package io.lexstream.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.ops.records.RecordJson;
import io.lexstream.trainer.Evaluation;
import io.lexstream.trainer.EvaluationJson;
import io.lexstream.trainer.EvaluationText;
import io.lexstream.trainer.GenerationEvaluation;
import io.lexstream.trainer.GenerationJson;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.GenerationText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.ParallelTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.WrittenTexts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how good a model is on files of what people say. */
@Command(
        name = "evaluate",
        description = {
            "Measure a model on files of what people say (.gz too), beside what anybody could say without a model.",
            "Classification: JSON lines or CSV with text and label; beside it always naming the most frequent label."
                    + " Labels that a file never names are left out of the choice.",
            "Translation: two columns separated by tabs, no header, or JSON lines; BLEU and chrF2, beside the source"
                    + " copied.",
            "Summary: JSON lines or CSV with document and summary; ROUGE-1, -2 and -L, beside the first sentence and"
                    + " the first three (turns, if it is a dialogue).",
            "Several files are reported one by one and together. --precision int8 measures any version, also one that"
                    + " does not admit it."
        },
        footer = {
            "",
            "Examples:",
            "  lexstream evaluate --task sentiment --data dev.jsonl.gz other.jsonl:2000",
            "  lexstream evaluate --task translation --source-column 2 --data english-german.tsv.gz",
            "  lexstream evaluate --task summary --data dialogues.jsonl.gz --json"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final long SAMPLE_SEED = 1;

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "FILE[:ROWS]",
            description = "What people say; with :ROWS a sample of that many.")
    private List<String> data = List.of();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Option(
            names = "--source-column",
            defaultValue = "1",
            paramLabel = "N",
            description = "Which column of a translation file is translated from (default: ${DEFAULT-VALUE}); it is"
                    + " compared with column 1, or with 2 if this is 1.")
    private int sourceColumn = 1;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    EvaluateCommand(Shell shell) {
        this.shell = shell;
    }

    /** An evaluation in both forms. */
    private record Report(ObjectNode json, String text) {}

    @Override
    public Integer call() throws Exception {
        if (sourceColumn < 1) {
            throw new ParameterException(spec.commandLine(), "--source-column counts from 1, got " + sourceColumn);
        }
        ModelPackage modelPackage = model.open(shell);
        Optional<GenerationTask> written =
                GenerationTask.ofKind(modelPackage.manifest().getKind());
        Report report = written.isPresent() ? written(modelPackage, written.get()) : labelled(modelPackage);
        if (json) {
            shell.out().println(RecordJson.line(report.json()));
        } else {
            shell.out().println(modelPackage.version() + "\n");
            shell.out().println(report.text());
        }
        return 0;
    }

    private Report labelled(ModelPackage modelPackage) throws IOException, ModelRejectedException {
        Instant started = Instant.now();
        List<LabeledTexts> files = new ArrayList<>();
        for (String argument : data) {
            files.add(columns.file(argument).read(SAMPLE_SEED));
        }
        Evaluation.Result result;
        try (TextModel live = live(modelPackage)) {
            result = Evaluation.of(live, files, ProgressLines.to(shell.err()));
        }
        String task = modelPackage.version().task();
        Duration took = Duration.between(started, Instant.now());
        return new Report(
                EvaluationJson.of(task, modelPackage.version().toString(), result, took), EvaluationText.of(result));
    }

    private Report written(ModelPackage modelPackage, GenerationTask task) throws IOException, ModelRejectedException {
        Instant started = Instant.now();
        List<TextPairs> files = new ArrayList<>();
        for (String argument : data) {
            files.add(
                    switch (task) {
                        case TRANSLATION ->
                            ParallelTexts.read(columns.translations(argument, sourceColumn), SAMPLE_SEED);
                        case SUMMARY -> Summaries.read(columns.summaries(argument), SAMPLE_SEED);
                    });
        }
        Progress progress = ProgressLines.to(shell.err());
        GenerationEvaluation.Result result;
        try (TextModel live = live(modelPackage)) {
            result = GenerationEvaluation.of(
                    task, files, file -> WrittenTexts.of(live, file.name(), file.sources(), progress));
        }
        String name = modelPackage.version().task();
        Duration took = Duration.between(started, Instant.now());
        return new Report(
                GenerationJson.of(name, modelPackage.version().toString(), result, took), GenerationText.of(result));
    }

    private TextModel live(ModelPackage modelPackage) throws ModelRejectedException {
        int cores = Runtime.getRuntime().availableProcessors();
        return new ModelOpener(new InferenceSettings(cores, 1)).openToMeasure(modelPackage, model.precision());
    }
}
