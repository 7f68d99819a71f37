package io.lexstream.ops;

import io.lexstream.inference.Precision;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.ops.models.StarterModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which model a command runs, and in which precision: a package directory, or the one that Lexstream starts with. */
final class ModelOptions {
    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "sentiment, spam, translation, summary, or one of your own (default: the package's).")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = {
                "Package directory (default: the package that Lexstream starts with),",
                "or a folder of an encoder-decoder model as Hugging Face's optimum exports it."
            })
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32, int8 or auto: int8 for versions that admit it (default: ${DEFAULT-VALUE}).",
            defaultValue = "auto")
    private Precision precision = Precision.AUTO;

    Precision precision() {
        return precision;
    }

    ModelPackage open(Shell shell) throws IOException, ModelRejectedException {
        ContentStore store = new ContentStore(shell.modelCache());
        if (directory.isEmpty()) {
            String starter = task.orElseThrow(() -> new CommandException("which model? --task TASK or --model DIR"));
            return new StarterModels(shell.starterCache(), store)
                    .find(starter)
                    .orElseThrow(() -> new CommandException("Lexstream starts with no model for the task " + starter
                            + ": give a package by --model DIR"));
        }
        return new ModelDirectory(directory.get()).open(task, store);
    }
}
