package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxGraph;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        List<OnnxTensor> temporary = new ArrayList<>();
        try {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (String name : graph.inputs().keySet()) {
                inputs.put(name, input(graph, name, tokens, temporary));
            }
            return advance(graph.run(inputs, wanted(graph)));
        } catch (OrtException e) {
            throw new InferenceException(
                    "step " + (length + 1) + " of " + rows() + " rows, " + source.tokens() + " source tokens", e);
        } finally {
            temporary.forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor input(OnnxGraph graph, String name, int[] tokens, List<OnnxTensor> temporary)
            throws OrtException {
        return switch (name) {
            case Names.CROSS_MASK -> source.mask();
            case Names.CROSS_STATES -> source.states();
            case Names.IDS -> {
                long[] ids = IntStream.of(tokens).asLongStream().toArray();
                yield kept(
                        temporary,
                        OnnxTensor.createTensor(
                                OnnxGraph.environment(), LongBuffer.wrap(ids), new long[] {ids.length, 1}));
            }
            case Names.USE_CACHE ->
                kept(temporary, OnnxTensor.createTensor(OnnxGraph.environment(), new boolean[] {length > 0}));
            default -> {
                NamedTensors cache = Names.isSelf(name) ? self : cross;
                yield cache.isEmpty()
                        ? kept(
                                temporary,
                                empty(Objects.requireNonNull(graph.inputs().get(name), name)))
                        : cache.get(Names.part(name));
            }
        };
    }

    /** A past of no tokens: [rows, heads, 0, width]. */
    private OnnxTensor empty(TensorInfo past) throws OrtException {
        long[] shape = past.getShape();
        return OnnxTensor.createTensor(
                OnnxGraph.environment(), FloatBuffer.allocate(0), new long[] {rows(), shape[1], 0, shape[3]});
    }

    private static OnnxTensor kept(List<OnnxTensor> temporary, OnnxTensor tensor) {
        temporary.add(tensor);
        return tensor;
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
