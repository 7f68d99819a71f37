package io.lexstream.ops;

import io.lexstream.inference.HuggingFaceFolder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A directory that somebody names as a model: a package, or a folder of Hugging Face files, which becomes one. */
final class ModelDirectory {
    private final Path directory;
    private final Optional<HuggingFaceFolder> folder;

    ModelDirectory(Path directory) {
        this.directory = directory;
        this.folder = HuggingFaceFolder.find(directory);
    }

    /** Whether it is no package: nobody has checked it yet. */
    boolean isFolder() {
        return folder.isPresent();
    }

    /**
     * @param task that it must serve, if it is told; what a folder serves
     * @throws CommandException if the package serves another one
     */
    ModelPackage open(Optional<String> task, ContentStore store) throws IOException, ModelRejectedException {
        if (folder.isPresent()) {
            return folder.get().asPackage(task);
        }
        ModelPackage found = ModelPackage.open(directory, store);
        if (!found.version().task().equals(task.orElse(found.version().task()))) {
            throw new CommandException(
                    "the package " + found.version() + " serves another task than --task " + task.get());
        }
        return found;
    }
}
