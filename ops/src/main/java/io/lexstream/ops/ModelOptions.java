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
            required = true,
            paramLabel = "TASK",
            description = "sentiment, spam, or one of your own.")
    private String task = "";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Package directory (default: the package that Lexstream starts with).")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32, int8 or auto: int8 for versions that admit it (default: ${DEFAULT-VALUE}).",
            defaultValue = "auto")
    private Precision precision = Precision.AUTO;

    String task() {
        return task;
    }

    Precision precision() {
        return precision;
    }

    ModelPackage open(Shell shell) throws IOException, ModelRejectedException {
        ContentStore store = new ContentStore(shell.modelCache());
        ModelPackage found = directory.isPresent()
                ? ModelPackage.open(directory.get(), store)
                : new StarterModels(shell.starterCache(), store)
                        .find(task)
                        .orElseThrow(() -> new CommandException("Lexstream starts with no model for the task " + task
                                + ": give a package by --model DIR"));
        if (!found.version().task().equals(task)) {
            throw new CommandException("the package " + found.version() + " serves another task than --task " + task);
        }
        return found;
    }
}
