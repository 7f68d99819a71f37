package io.lexstream.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where a package will be written. */
public final class OutputDirectory {
    private OutputDirectory() {}

    /**
     * For a training to ask before it begins.
     *
     * @throws DataException if there is something in {@code directory}; it may be absent
     */
    public static void refuseIfTaken(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new DataException(directory + " is not empty; the package needs a directory of its own");
            }
        }
    }
}
