package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxGraph;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A batch without a cache: each step reads all tokens so far again. For decoders that can do no better. */
final class PlainState implements DecoderState {
    private final OnnxGraph decoder;
    private final SourceSide source;
    private long[][] read;

    /** Takes ownership of {@code source}. */
    PlainState(OnnxGraph decoder, SourceSide source) {
        this.decoder = decoder;
        this.source = source;
        this.read = new long[source.rows()][0];
    }

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public Logits step(int[] tokens) {
        for (int row = 0; row < read.length; row++) {
            read[row] = Arrays.copyOf(read[row], read[row].length + 1);
            read[row][read[row].length - 1] = tokens[row];
        }
        int length = read[0].length;
        long[] ids = Arrays.stream(read).flatMapToLong(Arrays::stream).toArray();
        try (OnnxTensor idTensor = OnnxTensor.createTensor(
                OnnxGraph.environment(), LongBuffer.wrap(ids), new long[] {read.length, length})) {
            Map<String, OnnxTensor> inputs = new HashMap<>(Map.of(Names.IDS, idTensor));
            if (decoder.inputs().containsKey(Names.CROSS_MASK)) {
                inputs.put(Names.CROSS_MASK, source.mask());
            }
            if (decoder.inputs().containsKey(Names.CROSS_STATES)) {
                inputs.put(Names.CROSS_STATES, source.states());
            }
            try (OrtSession.Result result = decoder.run(inputs, Set.of(Names.LOGITS))) {
                return Logits.of((OnnxTensor) result.get(0));
            }
        } catch (OrtException e) {
            throw new InferenceException(
                    "step " + length + " of " + rows() + " rows, " + source.tokens() + " source tokens", e);
        }
    }

    @Override
    public void keep(int[] kept) {
        int before = rows();
        try {
            source.keep(kept);
        } catch (OrtException e) {
            throw new InferenceException("picking " + kept.length + " of " + before + " rows", e);
        }
        long[][] now = new long[kept.length][];
        for (int i = 0; i < kept.length; i++) {
            now[i] = read[kept[i]];
        }
        read = now;
    }

    @Override
    public void close() {
        source.close();
    }
}
