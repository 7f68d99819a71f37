package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.CloseStack;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxGraph;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The graphs of one encoder-decoder model in native memory, whatever their layout. Safe for concurrent use. */
final class Seq2SeqGraphs implements AutoCloseable {
    private final CloseStack opened;
    private final Seq2SeqLayout layout;
    private final OnnxGraph encoder;
    private final OnnxGraph first;
    private final OnnxGraph later;
    private final RowPickers pickers;
    private final int pad;

    private Seq2SeqGraphs(
            CloseStack opened,
            Seq2SeqLayout layout,
            OnnxGraph encoder,
            OnnxGraph first,
            OnnxGraph later,
            RowPickers pickers,
            int pad) {
        this.opened = opened;
        this.layout = layout;
        this.encoder = encoder;
        this.first = first;
        this.later = later;
        this.pickers = pickers;
        this.pad = pad;
    }

    /**
     * @param pad what sources are padded with
     * @param int8 whether large weights are turned into int8
     * @throws ModelRejectedException if a graph does not load, or they do not fit one another
     */
    static Seq2SeqGraphs open(Seq2SeqFiles files, int pad, boolean int8, int threads) throws ModelRejectedException {
        CloseStack opened = new CloseStack();
        try {
            OnnxGraph encoder = open(files.encoderRecipe(int8), "encoder", threads, opened);
            OnnxGraph first = open(recipe(files.decoder(), int8), "decoder", threads, opened);
            Optional<OnnxGraph> second = files.decoderWithPast().isPresent()
                    ? Optional.of(
                            open(recipe(files.decoderWithPast().get(), int8), "decoder with past", threads, opened))
                    : Optional.empty();
            Seq2SeqLayout layout = Seq2SeqLayout.of(
                    encoder.outputs().keySet(),
                    first.inputs().keySet(),
                    first.outputs().keySet(),
                    second.isPresent());
            OnnxGraph later = layout == Seq2SeqLayout.WITH_PAST ? second.orElse(first) : first;
            LayoutCheck.check(layout, encoder, first, later);
            RowPickers pickers = RowPickers.open(later.inputs().keySet(), opened);
            return new Seq2SeqGraphs(opened, layout, encoder, first, later, pickers, pad);
        } catch (ModelRejectedException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private static GraphRecipe recipe(Path file, boolean int8) {
        return new GraphRecipe(file, Optional.empty(), int8);
    }

    private static OnnxGraph open(GraphRecipe recipe, String what, int threads, CloseStack opened)
            throws ModelRejectedException {
        try {
            return opened.add(recipe.open(threads));
        } catch (ModelRejectedException e) {
            throw new ModelRejectedException("the " + what + ": " + e.getMessage(), e);
        }
    }

    Seq2SeqLayout layout() {
        return layout;
    }

    /** How many logits a step gives; -1 = the graph does not say. */
    long vocabulary() {
        return LayoutCheck.logits(first).getShape()[2];
    }

    /**
     * Reads the sources; the state is the caller's to close.
     *
     * @param sources token ids, at least one each
     */
    DecoderState start(List<long[]> sources) {
        return start(sources, true);
    }

    /**
     * As {@link #start(List)}.
     *
     * @param cached whether the state keeps what it has read, where the layout allows that
     */
    DecoderState start(List<long[]> sources, boolean cached) {
        SourceMask mask = SourceMask.of(sources);
        try {
            OrtSession.Result encoded = encode(sources, mask);
            return state(encoded, mask, sources.size(), cached && layout != Seq2SeqLayout.PLAIN);
        } catch (OrtException e) {
            throw new InferenceException("encoding " + sources.size() + " x " + mask.tokens() + " tokens", e);
        }
    }

    private OrtSession.Result encode(List<long[]> sources, SourceMask mask) throws OrtException {
        int longest = mask.tokens();
        long[] ids = new long[sources.size() * longest];
        for (int row = 0; row < sources.size(); row++) {
            long[] source = sources.get(row);
            System.arraycopy(source, 0, ids, row * longest, source.length);
            Arrays.fill(ids, row * longest + source.length, (row + 1) * longest, pad);
        }
        try (OnnxTensor idTensor = OnnxTensor.createTensor(
                        OnnxGraph.environment(), LongBuffer.wrap(ids), new long[] {sources.size(), longest});
                OnnxTensor maskTensor = mask.tensor()) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            inputs.put(Names.IDS, idTensor);
            if (encoder.inputs().containsKey(Names.SOURCE_MASK)) {
                inputs.put(Names.SOURCE_MASK, maskTensor);
            }
            return encoder.run(inputs, wantedOfEncoder());
        }
    }

    private Set<String> wantedOfEncoder() {
        if (layout != Seq2SeqLayout.CROSS_CACHE) {
            return Set.of(Names.STATES);
        }
        Set<String> cross = new HashSet<>(encoder.outputs().keySet());
        cross.removeIf(name -> !Names.isCross(name));
        return cross;
    }

    /** Takes ownership of {@code encoded}. */
    private DecoderState state(OrtSession.Result encoded, SourceMask mask, int rows, boolean cached)
            throws OrtException {
        OnnxTensor maskTensor;
        try {
            maskTensor = mask.tensor();
        } catch (OrtException e) {
            encoded.close();
            throw e;
        }
        NamedTensors tensors =
                NamedTensors.owning(encoded, name -> true, name -> Names.isCross(name) ? Names.part(name) : name);
        boolean cross = layout == Seq2SeqLayout.CROSS_CACHE;
        SourceSide source =
                new SourceSide(mask, maskTensor, cross ? NamedTensors.none() : tensors, pickers.states(), rows);
        NamedTensors ofSource = cross ? tensors : NamedTensors.none();
        return cached
                ? new CachedState(first, later, pickers, source, ofSource)
                : new PlainState(first, pickers, source, ofSource);
    }

    @Override
    public void close() {
        opened.close();
    }
}
