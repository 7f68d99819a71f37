package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxGraph;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A batch whose keys and values stay in native memory from step to step: those of the source, computed once, and those
 * of the tokens read so far. A step reads one token a row.
 */
final class CachedState implements DecoderState {
    private final OnnxGraph first;
    private final OnnxGraph later;
    private final RowPickers pickers;
    private final SourceSide source;
    private NamedTensors cross;
    private NamedTensors self = NamedTensors.none();
    private int length;

    /** Takes ownership of {@code source} and {@code cross}, which may be none: then the first step gives them. */
    CachedState(OnnxGraph first, OnnxGraph later, RowPickers pickers, SourceSide source, NamedTensors cross) {
        this.first = first;
        this.later = later;
        this.pickers = pickers;
        this.source = source;
        this.cross = cross;
    }

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public Logits step(int[] tokens) {
        OnnxGraph graph = length == 0 ? first : later;
        long[] ids = IntStream.of(tokens).asLongStream().toArray();
        try (StepInputs inputs = StepInputs.of(graph, ids, length > 0, new StepInputs.Past(source, self, cross))) {
            return advance(graph.run(inputs.tensors(), wanted(graph)));
        } catch (OrtException e) {
            throw new InferenceException(
                    "step " + (length + 1) + " of " + rows() + " rows, " + source.tokens() + " source tokens", e);
        }
    }

    private Set<String> wanted(OnnxGraph graph) {
        Set<String> wanted = new HashSet<>();
        wanted.add(Names.LOGITS);
        for (String name : graph.outputs().keySet()) {
            if (Names.isSelf(name) || (cross.isEmpty() && Names.isCross(name))) {
                wanted.add(name);
            }
        }
        return wanted;
    }

    /** Takes ownership of {@code result}. */
    private Logits advance(OrtSession.Result result) {
        Logits logits;
        try {
            logits = Logits.of((OnnxTensor) result.get(Names.LOGITS).orElseThrow());
        } catch (RuntimeException e) {
            result.close();
            throw e;
        }
        if (cross.isEmpty()) {
            cross = NamedTensors.owning(result, Names::isCross, Names::part);
            self = NamedTensors.borrowing(result, Names::isSelf, Names::part);
        } else {
            NamedTensors longer = NamedTensors.owning(result, Names::isSelf, Names::part);
            self.close();
            self = longer;
        }
        if (length == 0 && !later.inputs().containsKey(Names.CROSS_STATES)) {
            source.dropStates();
        }
        length++;
        return logits;
    }

    @Override
    public void keep(int[] kept) {
        if (kept.length == rows()
                && Arrays.equals(kept, IntStream.range(0, rows()).toArray())) {
            return;
        }
        long[] rows = IntStream.of(kept).asLongStream().toArray();
        NamedTensors keptSelf = NamedTensors.none();
        NamedTensors keptCross = cross;
        try {
            keptSelf = self.isEmpty() ? self : pickers.self().pick(self, rows);
            keptCross = cross.isEmpty() || source.isKeptBy(kept)
                    ? cross
                    : pickers.cross().pick(cross, rows);
            source.keep(kept);
        } catch (OrtException e) {
            keptSelf.close();
            if (keptCross != cross) {
                keptCross.close();
            }
            throw new InferenceException("picking " + kept.length + " of " + rows() + " rows", e);
        }
        self.close();
        if (keptCross != cross) {
            cross.close();
        }
        self = keptSelf;
        cross = keptCross;
    }

    @Override
    public void close() {
        self.close();
        cross.close();
        source.close();
    }
}
