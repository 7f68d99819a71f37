package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraGraph;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Tensors;
import io.lexstream.onnx.WeightUses;
import io.lexstream.onnx.WeightUses.Use;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.tuning.TuningMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which weights of a model are trained, and how: low-rank matrices beside all products but the last, which makes the
 * logits (Hu et al. 2021); or all matrices, biases and norms, with or without the token embeddings.
 *
 * <p>Tables of positions stay: exporters do not tell whether they are computed or learnt.
 */
final class TunedGraph {
    private static final Set<String> IDS = Set.of(Seq2SeqBuilder.INPUT_IDS, Seq2SeqBuilder.DECODER_INPUT_IDS);

    private final GraphProto graph;
    private final Set<String> trained;
    private final List<LinearLayer> adapted;
    private final float scale;
    private final Map<String, TensorProto> before = new HashMap<>();

    private TunedGraph(
            GraphProto joined, GraphProto graph, Set<String> trained, List<LinearLayer> adapted, float scale) {
        this.graph = graph;
        this.trained = trained;
        this.adapted = adapted;
        this.scale = scale;
        joined.getInitializerList().forEach(tensor -> before.put(tensor.getName(), tensor));
    }

    /**
     * @param joined as {@link Seq2SeqBuilder#training} writes it, or an imported model of that form
     * @param fixed weights that must stay as they are
     * @throws DataException if there is nothing to train
     */
    static TunedGraph of(GraphProto joined, Set<String> fixed, GeneratorTuningOptions options) throws DataException {
        Map<String, Set<Use>> uses = new LinkedHashMap<>(WeightUses.of(joined, IDS));
        uses.keySet().removeAll(fixed);
        return options.method() == TuningMethod.LORA ? lora(joined, uses, options) : full(joined, uses, options);
    }

    private static TunedGraph lora(GraphProto joined, Map<String, Set<Use>> uses, GeneratorTuningOptions options)
            throws DataException {
        Set<Long> vocabularies = new HashSet<>();
        for (TensorProto tensor : joined.getInitializerList()) {
            if (uses.getOrDefault(tensor.getName(), Set.of()).contains(Use.TOKEN_TABLE)) {
                vocabularies.add(tensor.getDims(0));
            }
        }
        List<LinearLayer> layers = LinearLayer.everywhere(joined).stream()
                .filter(layer -> Set.of(Use.MATRIX).equals(uses.get(layer.weight())))
                .filter(layer -> !vocabularies.contains((long) layer.out()))
                .toList();
        if (layers.isEmpty()) {
            throw new DataException("it has no products with a matrix of its own, which is what low-rank matrices are"
                    + " put beside: try --method full");
        }
        Set<String> trained = new HashSet<>();
        for (LinearLayer layer : layers) {
            trained.add(LoraGraph.a(layer.weight()));
            trained.add(LoraGraph.b(layer.weight()));
        }
        GraphProto attached = LoraGraph.attach(joined, layers, options.rank(), options.scale(), options.seed());
        return new TunedGraph(joined, attached, trained, layers, options.scale());
    }

    private static TunedGraph full(GraphProto joined, Map<String, Set<Use>> uses, GeneratorTuningOptions options)
            throws DataException {
        Set<Use> known = options.embeddings()
                ? Set.of(Use.MATRIX, Use.VECTOR, Use.TOKEN_TABLE, Use.TRANSPOSED)
                : Set.of(Use.MATRIX, Use.VECTOR);
        Set<String> trained = new HashSet<>();
        uses.forEach((name, use) -> {
            if (known.containsAll(use)) {
                trained.add(name);
            }
        });
        if (trained.isEmpty()) {
            throw new DataException("it has no float weights to train");
        }
        return new TunedGraph(joined, joined, trained, List.of(), 0);
    }

    GraphProto graph() {
        return graph;
    }

    boolean isTrained(String name) {
        return trained.contains(name);
    }

    /**
     * The weights of the model itself that are others now, by name.
     *
     * @param values of all that was trained
     */
    Map<String, float[]> changed(Map<String, float[]> values) {
        if (adapted.isEmpty()) {
            return values;
        }
        Map<String, float[]> changed = new LinkedHashMap<>();
        for (LinearLayer layer : adapted) {
            changed.computeIfAbsent(
                    layer.weight(),
                    weight -> merged(layer, value(values, LoraGraph.a(weight)), value(values, LoraGraph.b(weight))));
        }
        return changed;
    }

    private static float[] value(Map<String, float[]> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** {@code W + scale A B}. */
    private float[] merged(LinearLayer layer, float[] a, float[] b) {
        float[] weight = Tensors.floats(Objects.requireNonNull(before.get(layer.weight()), layer.weight()));
        int rank = a.length / layer.in();
        for (int row = 0; row < layer.in(); row++) {
            for (int k = 0; k < rank; k++) {
                float factor = scale * a[row * rank + k];
                for (int column = 0; column < layer.out(); column++) {
                    weight[row * layer.out() + column] += factor * b[k * layer.out() + column];
                }
            }
        }
        return weight;
    }
}
