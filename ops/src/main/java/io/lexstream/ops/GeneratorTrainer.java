package io.lexstream.ops;

import io.lexstream.inference.GeneratorPackage;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.trainer.CurveReport;
import io.lexstream.trainer.GenerationEvaluation;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.GenerationText;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.WrittenTexts;
import io.lexstream.trainer.seq2seq.GeneratorTuning;
import io.lexstream.trainer.seq2seq.GeneratorTuningOptions;
import io.lexstream.trainer.seq2seq.PairRows;
import io.lexstream.trainer.seq2seq.TuningPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code train --from} of a package or folder that writes text: trained on as it is, measured beside its parent. */
final class GeneratorTrainer {
    /** What the trainer's own translators call their family; their loop from scratch can go on with them. */
    private static final String OWN_FAMILY = "lexstream";

    private final Shell shell;
    private final ContentStore store;
    private final String command;

    /** @param command as it was typed, for the model card */
    GeneratorTrainer(Shell shell, ContentStore store, String command) {
        this.shell = shell;
        this.store = store;
        this.command = command;
    }

    /** The package or folder of Hugging Face files in {@code directory}. */
    ModelPackage open(Path directory, String task) throws IOException, ModelRejectedException {
        return new ModelDirectory(directory).open(Optional.of(task), store);
    }

    /** Whether nobody but its own graphs knows the model's architecture. */
    static boolean isImported(ModelPackage parent) throws ModelRejectedException {
        return !GeneratorPackage.config(parent).family().equals(OWN_FAMILY);
    }

    void run(
            ModelPackage parent,
            TuningPairs pairs,
            GeneratorTuningOptions options,
            String version,
            Path out,
            Path report)
            throws IOException, ModelRejectedException {
        Progress progress = ProgressLines.to(shell.err());
        int cores = Runtime.getRuntime().availableProcessors();
        try (Shutdown shutdown = Shutdown.listen(() -> shell.err().println("stopping: writing a checkpoint"))) {
            GeneratorTuning tuning =
                    new GeneratorTuning(store, cores, Clock.systemUTC(), progress, shutdown::requested, command);
            GeneratorTuning.Outcome outcome = tuning.run(parent, pairs.train(), pairs.dev(), options, version, out);
            Files.writeString(
                    report,
                    new CurveReport(outcome.modelPackage().version().toString(), outcome.curve(), outcome.settings())
                            .html());
            tell(parent, pairs.dev(), progress);
            tell(outcome.modelPackage(), pairs.dev(), progress);
            shell.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%s is in %s, its curve in %s; dev loss %.4f, before %.4f; next: lexstream models publish %s",
                            outcome.modelPackage().version(),
                            out,
                            report,
                            outcome.after().loss(),
                            outcome.before().loss(),
                            out));
        }
    }

    /** How good what it writes of the development rows is. */
    private void tell(ModelPackage version, List<PairRows> dev, Progress progress)
            throws IOException, ModelRejectedException {
        GenerationTask task =
                GenerationTask.ofKind(version.manifest().getKind()).orElseThrow();
        List<TextPairs> files = dev.stream().map(PairRows::pairs).toList();
        InferenceSettings settings = new InferenceSettings(Runtime.getRuntime().availableProcessors(), 1);
        try (TextModel model = new ModelOpener(settings).open(version)) {
            GenerationEvaluation.Result result = GenerationEvaluation.of(
                    task, files, file -> WrittenTexts.of(model, file.name(), file.sources(), progress));
            shell.out().println(version.version() + "\n\n" + GenerationText.of(result));
        }
    }
}
