package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small packages to publish, fetch and break. */
final class Samples {
    private Samples() {}

    /** A valid manifest whose files have made-up digests. */
    static ModelManifest manifest(String task, String version) {
        return ModelManifest.newBuilder()
                .setTask(task)
                .setName("sample")
                .setVersion(version)
                .setLabels(List.of("ham", "spam"))
                .setPooling("none")
                .setFiles(List.of(
                        new ModelFile(FileRole.GRAPH, "model.onnx", "a".repeat(64), 10L, List.of()),
                        new ModelFile(FileRole.TOKENIZER, "tokenizer.json", "b".repeat(64), 20L, List.of())))
                .setGoldenCases(List.of(new GoldenCase("You won a prize", "spam", Map.of("spam", 0.9, "ham", 0.1))))
                .setMetrics(Map.of("dev/all/f1", 0.9, "test/all/f1", 0.8))
                .build();
    }

    /** Bytes that look like nothing, always the same for a seed. */
    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A package of a graph and a tiny tokenizer, written to {@code directory}. */
    static ModelPackage write(Path directory, String task, String version, byte[] graph, ContentStore store)
            throws IOException, ModelRejectedException {
        return new PackageWriter(manifest(task, version))
                .add(FileRole.GRAPH, "model.onnx", graph)
                .add(FileRole.TOKENIZER, "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8))
                .write(directory, store);
    }
}
