package io.lexstream.generation;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.OnnxGraph;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Whether the graphs of a layout fit one another: nothing is asked for that nobody gives. */
final class LayoutCheck {
    private static final Set<String> OF_ENCODER = Set.of(Names.IDS, Names.SOURCE_MASK);
    private static final Set<String> OF_DECODER =
            Set.of(Names.IDS, Names.CROSS_MASK, Names.CROSS_STATES, Names.USE_CACHE);
    private static final int STATE_RANK = 3;
    private static final int CACHE_RANK = 4;

    private LayoutCheck() {}

    static void check(Seq2SeqLayout layout, OnnxGraph encoder, OnnxGraph first, OnnxGraph later)
            throws ModelRejectedException {
        known("encoder", encoder, OF_ENCODER);
        known("decoder", first, OF_DECODER);
        known("decoder with past", later, OF_DECODER);
        require(
                first.hasFloatOutput(Names.LOGITS, STATE_RANK),
                "the decoder has no float output " + Names.LOGITS + " [batch, target, vocabulary], only "
                        + first.outputs());
        require(later.hasFloatOutput(Names.LOGITS, STATE_RANK), "the decoder with past has no output logits");
        if (layout == Seq2SeqLayout.CROSS_CACHE) {
            require(
                    !first.inputs().containsKey(Names.CROSS_STATES),
                    "the decoder wants the encoder's states and" + " its keys and values");
        } else {
            require(
                    encoder.hasFloatOutput(Names.STATES, STATE_RANK),
                    "the encoder has no float output " + Names.STATES + " [batch, source, width], only "
                            + encoder.outputs());
        }
        if (layout != Seq2SeqLayout.PLAIN) {
            cache(layout, encoder, first, later);
        }
    }

    static TensorInfo logits(OnnxGraph decoder) {
        return Objects.requireNonNull(decoder.outputs().get(Names.LOGITS), Names.LOGITS);
    }

    private static void known(String what, OnnxGraph graph, Set<String> names) throws ModelRejectedException {
        Set<String> unknown = new HashSet<>(graph.inputs().keySet());
        unknown.removeIf(name -> names.contains(name) || Names.isSelf(name) || Names.isCross(name));
        require(unknown.isEmpty(), "the " + what + " has inputs that are not known: " + unknown);
        TensorInfo ids = graph.inputs().get(Names.IDS);
        require(
                ids != null && ids.type == OnnxJavaType.INT64,
                "the " + what + " has no int64 input " + Names.IDS + ", only " + graph.inputs());
    }

    private static void cache(Seq2SeqLayout layout, OnnxGraph encoder, OnnxGraph first, OnnxGraph later)
            throws ModelRejectedException {
        OnnxGraph crossFrom = layout == Seq2SeqLayout.CROSS_CACHE ? encoder : first;
        boolean self = false;
        for (var input : later.inputs().entrySet()) {
            String name = input.getKey();
            String present = Names.isSelf(name) || Names.isCross(name) ? Names.PRESENT + Names.part(name) : "";
            if (Names.isSelf(name)) {
                self = true;
                given(later, present, name);
                given(first, present, name);
            } else if (Names.isCross(name)) {
                given(crossFrom, present, name);
            }
            if (!present.isEmpty()) {
                shape(layout, name, input.getValue());
            }
        }
        require(
                self,
                "the decoder has no input " + Names.PAST + "*, only "
                        + later.inputs().keySet());
    }

    private static void given(OnnxGraph graph, String present, String past) throws ModelRejectedException {
        require(
                graph.hasFloatOutput(present, CACHE_RANK),
                "the decoder wants " + past + ", and no graph gives a float output " + present);
    }

    /** The first past of a graph that has only one form is empty, of as many heads and as wide as all others. */
    private static void shape(Seq2SeqLayout layout, String name, TensorInfo info) throws ModelRejectedException {
        long[] shape = info.getShape();
        require(
                info.type == OnnxJavaType.FLOAT && shape.length == CACHE_RANK,
                name + " is no float tensor [batch, heads, tokens, width]: " + info);
        require(
                layout == Seq2SeqLayout.WITH_PAST || (shape[1] > 0 && shape[3] > 0),
                name + " does not tell its heads and width: " + info);
    }

    private static void require(boolean right, String wrong) throws ModelRejectedException {
        if (!right) {
            throw new ModelRejectedException(wrong);
        }
    }
}
