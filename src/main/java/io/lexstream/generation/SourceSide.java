package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a decoder's rows know of their sources: the mask, the encoder's states, and which source is whose. */
final class SourceSide implements AutoCloseable {
    private final RowPicker picker;
    private SourceMask mask;
    private OnnxTensor maskTensor;
    private NamedTensors states;
    private int[] sources;

    /** Takes ownership of {@code maskTensor} and {@code states}; the latter may be none. */
    SourceSide(SourceMask mask, OnnxTensor maskTensor, NamedTensors states, RowPicker picker, int rows) {
        this.mask = mask;
        this.maskTensor = maskTensor;
        this.states = states;
        this.picker = picker;
        this.sources = IntStream.range(0, rows).toArray();
    }

    int rows() {
        return sources.length;
    }

    int tokens() {
        return mask.tokens();
    }

    OnnxTensor mask() {
        return maskTensor;
    }

    OnnxTensor states() {
        return states.get(Names.STATES);
    }

    /** Frees the encoder's states: nobody will read them any more. */
    void dropStates() {
        states.close();
        states = NamedTensors.none();
    }

    /** Whether each row will have the source that it has: beams of one text change places without moving anything. */
    boolean isKeptBy(int[] rows) {
        return Arrays.equals(sourcesOf(rows), sources);
    }

    void keep(int[] rows) throws OrtException {
        if (isKeptBy(rows)) {
            return;
        }
        SourceMask keptMask = mask.keep(rows);
        OnnxTensor keptTensor = keptMask.tensor();
        NamedTensors keptStates = states;
        if (!states.isEmpty()) {
            try {
                keptStates =
                        picker.pick(states, IntStream.of(rows).asLongStream().toArray());
            } catch (OrtException | RuntimeException e) {
                keptTensor.close();
                throw e;
            }
            states.close();
        }
        maskTensor.close();
        sources = sourcesOf(rows);
        mask = keptMask;
        maskTensor = keptTensor;
        states = keptStates;
    }

    private int[] sourcesOf(int[] rows) {
        return IntStream.of(rows).map(row -> sources[row]).toArray();
    }

    @Override
    public void close() {
        states.close();
        maskTensor.close();
    }
}
