package io.lexstream.ops.bench;

import io.lexstream.generation.Decoding;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.generation.SourceTokens;
import io.lexstream.inference.GeneratorPackage;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Resident memory that a row of a batch takes while it is decoded: by how much the process has grown after a batch of
 * many, against one of a single row. What a process has resident is known on Linux only.
 */
final class RowMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private RowMemory() {}

    /** Bytes; empty where the system does not tell. */
    static OptionalDouble bytesPerRow(ModelPackage model, boolean int8, List<String> texts, int tokens)
            throws IOException, ModelRejectedException {
        if (!Files.isReadable(STATUS) || texts.size() < 2) {
            return OptionalDouble.empty();
        }
        measure(model, int8, texts, tokens); // Java's heap grows to its size first
        return OptionalDouble.of(measure(model, int8, texts, tokens));
    }

    private static double measure(ModelPackage model, boolean int8, List<String> texts, int tokens)
            throws IOException, ModelRejectedException {
        try (Seq2SeqModel open = GeneratorPackage.open(model, int8, InferenceSettings.DEFAULT)) {
            List<SourceTokens> sources = open.tokenize(texts);
            Decoding decoding = open.config()
                    .decoding()
                    .withBeams(1)
                    .withTokens(tokens, tokens)
                    .withBatchTokens(Integer.MAX_VALUE);
            open.generate(sources.subList(0, 1), decoding);
            long one = resident();
            open.generate(sources, decoding);
            return Math.max(0, resident() - one) / (double) (texts.size() - 1);
        }
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(RESIDENT)) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(STATUS + " has no line " + RESIDENT);
    }
}
