package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.lexstream.runtime.OnnxGraph;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** Which tokens of each row's source are no padding: ones and zeros, [rows, tokens]. */
final class SourceMask {
    private final long[] values;
    private final int tokens;

    private SourceMask(long[] values, int tokens) {
        this.values = values;
        this.tokens = tokens;
    }

    /** Of sources that are padded to the longest. */
    static SourceMask of(List<long[]> sources) {
        int longest = sources.stream().mapToInt(source -> source.length).max().orElse(0);
        long[] values = new long[sources.size() * longest];
        for (int row = 0; row < sources.size(); row++) {
            Arrays.fill(values, row * longest, row * longest + sources.get(row).length, 1);
        }
        return new SourceMask(values, longest);
    }

    int tokens() {
        return tokens;
    }

    OnnxTensor tensor() throws OrtException {
        long rows = tokens == 0 ? 0 : values.length / tokens;
        return OnnxTensor.createTensor(OnnxGraph.environment(), LongBuffer.wrap(values), new long[] {rows, tokens});
    }

    SourceMask keep(int[] rows) {
        long[] kept = new long[rows.length * tokens];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * tokens, kept, i * tokens, tokens);
        }
        return new SourceMask(kept, tokens);
    }
}
