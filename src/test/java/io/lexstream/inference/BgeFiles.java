package io.lexstream.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The bge-small-en-v1.5 encoder of the class path, unpacked for tests. */
record BgeFiles(Path graph, Path tokenizer) {
    static BgeFiles unpackTo(Path directory) throws IOException {
        return new BgeFiles(
                unpack(directory, "bge-small-en-v1.5.onnx"), unpack(directory, "bge-small-en-v1.5-tokenizer.json"));
    }

    private static Path unpack(Path directory, String resource) throws IOException {
        Path file = directory.resolve(resource);
        try (InputStream in = Objects.requireNonNull(BgeFiles.class.getResourceAsStream("/" + resource))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
