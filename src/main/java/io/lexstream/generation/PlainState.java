package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxGraph;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A batch without a cache: each step reads all tokens so far again. For decoders that can do no better, and to see what
 * a cache is worth. Keys and values of the source that the encoder has computed are not computed again.
 */
final class PlainState implements DecoderState {
    private final OnnxGraph decoder;
    private final RowPickers pickers;
    private final SourceSide source;
    private NamedTensors cross;
    private long[][] read;

    /** Takes ownership of {@code source} and {@code cross}, which may be none: then each step computes them. */
    PlainState(OnnxGraph decoder, RowPickers pickers, SourceSide source, NamedTensors cross) {
        this.decoder = decoder;
        this.pickers = pickers;
        this.source = source;
        this.cross = cross;
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
        long[] ids = Arrays.stream(read).flatMapToLong(Arrays::stream).toArray();
        StepInputs.Past past = new StepInputs.Past(source, NamedTensors.none(), cross);
        try (StepInputs inputs = StepInputs.of(decoder, ids, false, past);
                OrtSession.Result result = decoder.run(inputs.tensors(), Set.of(Names.LOGITS))) {
            return Logits.of((OnnxTensor) result.get(0));
        } catch (OrtException e) {
            throw new InferenceException(
                    "step " + read[0].length + " of " + rows() + " rows, " + source.tokens() + " source tokens", e);
        }
    }

    @Override
    public void keep(int[] kept) {
        int before = rows();
        try {
            if (!cross.isEmpty() && !source.isKeptBy(kept)) {
                NamedTensors all = cross;
                cross = pickers.cross()
                        .pick(all, IntStream.of(kept).asLongStream().toArray());
                all.close();
            }
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
        cross.close();
        source.close();
    }
}
