package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes an encoder-decoder Transformer (Vaswani et al. 2017; normalisation before each block, Xiong et al. 2020; one
 * table for embeddings and output, Press and Wolf 2017) as ONNX: one graph to train, and the pair that is served. All
 * have the same weights by the same names.
 *
 * <p>The pair is what docs/generation.md calls our layout. A past of length 0 begins a text.
 *
 * <p>Over a pretrained encoder, both the graph to train and the served encoder read its {@link BaseStates} instead of
 * token ids, and {@link GraphJoin} puts them behind it: only a linear layer, the decoder layers' keys and values, and
 * the decoder are made here.
 */
public final class Seq2SeqBuilder {
    public static final String INPUT_IDS = "input_ids";
    public static final String ATTENTION_MASK = "attention_mask";
    public static final String LOGITS = "logits";

    /** Of the graph to train: what the decoder reads, {@code [batch, target]}. */
    public static final String DECODER_INPUT_IDS = "decoder_input_ids";

    /** Of the graph to train: which of all {@code batch * target} positions have a label, {@code [labels]}. */
    public static final String LABEL_POSITIONS = "label_positions";

    private static final String ENCODER_MASK = "encoder_attention_mask";
    private static final String EMBEDDING = "embedding.weight";
    private static final float NEVER = -1e9f;

    private final Seq2SeqShape shape;
    private final Seq2SeqWeights weights;
    private final Optional<BaseStates> base;

    /** What attention looks at: [batch, heads, tokens, head width] each. */
    private record KeyValue(String key, String value) {
        static KeyValue named(String prefix, int layer, String side) {
            return new KeyValue(
                    prefix + "." + layer + "." + side + ".key", prefix + "." + layer + "." + side + ".value");
        }
    }

    /** With an encoder of its own. */
    public Seq2SeqBuilder(Seq2SeqShape shape, Seq2SeqWeights weights) {
        this(shape, weights, Optional.empty());
    }

    /** @param base what a pretrained encoder makes of the source; then {@code shape} has no encoder layers */
    public Seq2SeqBuilder(Seq2SeqShape shape, Seq2SeqWeights weights, Optional<BaseStates> base) {
        if (base.isPresent() == shape.encoderLayers() > 0) {
            throw new IllegalArgumentException(
                    shape.encoderLayers() + " encoder layers, and the states of another encoder: " + base);
        }
        this.shape = shape;
        this.weights = weights;
        this.base = base;
    }

    /** Whether training changes the initialiser of this name. */
    public static boolean isTrained(String name) {
        return name.endsWith(".weight") || name.endsWith(".bias") || name.endsWith(".scale");
    }

    /**
     * The graph to train: {@code input_ids, attention_mask} [batch, source], {@code decoder_input_ids} [batch, target],
     * {@code label_positions} [labels] to {@code logits} [labels, vocabulary]. Over a pretrained encoder, its states
     * stand for {@code input_ids}.
     */
    public ModelProto training() {
        GraphDraft graph = new GraphDraft("training", weights);
        source(graph);
        graph.input(ATTENTION_MASK, DataType.INT64, "batch", "source");
        graph.input(DECODER_INPUT_IDS, DataType.INT64, "batch", "target");
        graph.input(LABEL_POSITIONS, DataType.INT64, "labels");
        String padding = padding(graph, ATTENTION_MASK);
        List<KeyValue> source = keysAndValues(graph, read(graph, padding));
        String length = graph.size(DECODER_INPUT_IDS, 1);
        String states = embedded(graph, DECODER_INPUT_IDS, graph.whole(0), length);
        String causal = causal(graph, graph.whole(0), length);
        for (int layer = 0; layer < shape.decoderLayers(); layer++) {
            String name = "decoder." + layer;
            String normed = graph.norm(name + ".self.norm", states, shape.width());
            KeyValue own = keyValue(graph, name + ".self", normed);
            states = decoderLayer(graph, name, states, normed, own, causal, source.get(layer), padding);
        }
        String flat = graph.op("Reshape", List.of(last(graph, states), graph.whole(-1, shape.width())));
        String labelled = graph.op("Gather", List.of(flat, LABEL_POSITIONS), Nodes.attribute("axis", 0));
        logits(graph, labelled);
        graph.output(LOGITS, DataType.FLOAT, "labels", shape.vocabulary());
        return graph.model();
    }

    /**
     * The served encoder: token ids and mask to each decoder layer's keys and values of the source. What reads a
     * pretrained encoder's states needs no mask, and operators that are the same in every opset.
     */
    public ModelProto encoder() {
        GraphDraft graph = new GraphDraft("encoder", weights);
        source(graph);
        String padding = "";
        if (base.isEmpty()) {
            graph.input(ATTENTION_MASK, DataType.INT64, "batch", "source");
            padding = padding(graph, ATTENTION_MASK);
        }
        for (KeyValue source : keysAndValues(graph, read(graph, padding))) {
            graph.output(source.key, DataType.FLOAT, "batch", shape.heads(), "source", shape.headWidth());
            graph.output(source.value, DataType.FLOAT, "batch", shape.heads(), "source", shape.headWidth());
        }
        return graph.model();
    }

    /** The served decoder: the next tokens, what came before and the source, to logits and what comes before now. */
    public ModelProto decoder() {
        GraphDraft graph = new GraphDraft("decoder", weights);
        graph.input(INPUT_IDS, DataType.INT64, "batch", "target");
        graph.input(ENCODER_MASK, DataType.INT64, "batch", "source");
        graph.output(LOGITS, DataType.FLOAT, "batch", "target", shape.vocabulary());
        String padding = padding(graph, ENCODER_MASK);
        String start = graph.size(KeyValue.named("past_key_values", 0, "decoder").key, 2);
        String end = graph.op("Add", List.of(start, graph.size(INPUT_IDS, 1)));
        String states = embedded(graph, INPUT_IDS, start, end);
        String causal = causal(graph, start, end);
        for (int layer = 0; layer < shape.decoderLayers(); layer++) {
            String name = "decoder." + layer;
            KeyValue past = KeyValue.named("past_key_values", layer, "decoder");
            KeyValue source = KeyValue.named("past_key_values", layer, "encoder");
            KeyValue present = KeyValue.named("present", layer, "decoder");
            for (String input : List.of(past.key, past.value)) {
                graph.input(input, DataType.FLOAT, "batch", shape.heads(), "past", shape.headWidth());
            }
            for (String input : List.of(source.key, source.value)) {
                graph.input(input, DataType.FLOAT, "batch", shape.heads(), "source", shape.headWidth());
            }
            for (String output : List.of(present.key, present.value)) {
                graph.output(output, DataType.FLOAT, "batch", shape.heads(), "total", shape.headWidth());
            }
            String normed = graph.norm(name + ".self.norm", states, shape.width());
            KeyValue fresh = keyValue(graph, name + ".self", normed);
            KeyValue all = new KeyValue(
                    behind(graph, present.key, past.key, fresh.key),
                    behind(graph, present.value, past.value, fresh.value));
            states = decoderLayer(graph, name, states, normed, all, causal, source, padding);
        }
        logits(graph, last(graph, states));
        return graph.model();
    }

    private void source(GraphDraft graph) {
        if (base.isPresent()) {
            graph.input(
                    base.get().value(),
                    DataType.FLOAT,
                    "batch",
                    "source",
                    base.get().width());
        } else {
            graph.input(INPUT_IDS, DataType.INT64, "batch", "source");
        }
    }

    /** The states of the source's tokens: [batch, source, width]. */
    private String read(GraphDraft graph, String padding) {
        if (base.isPresent()) {
            return graph.linear("bridge", base.get().value(), base.get().width(), shape.width());
        }
        String states = embedded(graph, INPUT_IDS, graph.whole(0), graph.size(INPUT_IDS, 1));
        for (int layer = 0; layer < shape.encoderLayers(); layer++) {
            String name = "encoder." + layer;
            String normed = graph.norm(name + ".self.norm", states, shape.width());
            states = attended(graph, name + ".self", states, normed, keyValue(graph, name + ".self", normed), padding);
            states = fedForward(graph, name, states);
        }
        return graph.norm("encoder.norm", states, shape.width());
    }

    private List<KeyValue> keysAndValues(GraphDraft graph, String read) {
        List<KeyValue> source = new ArrayList<>();
        for (int layer = 0; layer < shape.decoderLayers(); layer++) {
            KeyValue made = keyValue(graph, "decoder." + layer + ".source", read);
            KeyValue named = KeyValue.named("present", layer, "encoder");
            graph.opTo(named.key, "Identity", List.of(made.key));
            graph.opTo(named.value, "Identity", List.of(made.value));
            source.add(named);
        }
        return source;
    }

    /** Self-attention, attention to the source, feed-forward block. */
    private String decoderLayer(
            GraphDraft graph,
            String name,
            String states,
            String normed,
            KeyValue own,
            String causal,
            KeyValue source,
            String padding) {
        String heard = attended(graph, name + ".self", states, normed, own, causal);
        String asked = graph.norm(name + ".source.norm", heard, shape.width());
        return fedForward(graph, name, attended(graph, name + ".source", heard, asked, source, padding));
    }

    private String attended(GraphDraft graph, String name, String states, String normed, KeyValue seen, String mask) {
        String query = heads(graph, graph.linear(name + ".query", normed, shape.width(), shape.width()));
        String scale = graph.constant("attention.factor", new float[] {(float) (1 / Math.sqrt(shape.headWidth()))});
        String scaled = graph.op("Mul", List.of(query, scale)); // smaller than the scores
        String scores = graph.op("MatMul", List.of(scaled, graph.transposed(seen.key, 0, 1, 3, 2)));
        String shares =
                graph.op("Softmax", List.of(graph.op("Add", List.of(scores, mask))), Nodes.attribute("axis", -1));
        String mixed = graph.transposed(graph.op("MatMul", List.of(shares, seen.value)), 0, 2, 1, 3);
        String together = graph.op("Reshape", List.of(mixed, graph.whole(0, 0, shape.width())));
        String output = graph.linear(name + ".output", together, shape.width(), shape.width());
        return graph.op("Add", List.of(states, output));
    }

    private String fedForward(GraphDraft graph, String name, String states) {
        String normed = graph.norm(name + ".feedforward.norm", states, shape.width());
        String wide = graph.op(
                "Relu", List.of(graph.linear(name + ".feedforward.in", normed, shape.width(), shape.feedForward())));
        String output = graph.linear(name + ".feedforward.out", wide, shape.feedForward(), shape.width());
        return graph.op("Add", List.of(states, output));
    }

    private KeyValue keyValue(GraphDraft graph, String name, String states) {
        return new KeyValue(
                heads(graph, graph.linear(name + ".key", states, shape.width(), shape.width())),
                heads(graph, graph.linear(name + ".value", states, shape.width(), shape.width())));
    }

    /** [batch, tokens, width] to [batch, heads, tokens, head width]. */
    private String heads(GraphDraft graph, String states) {
        String cut = graph.op("Reshape", List.of(states, graph.whole(0, 0, shape.heads(), shape.headWidth())));
        return graph.transposed(cut, 0, 2, 1, 3);
    }

    private static String behind(GraphDraft graph, String name, String past, String fresh) {
        return graph.opTo(name, "Concat", List.of(past, fresh), Nodes.attribute("axis", 2));
    }

    /** Embeddings of the ids at positions {@code start} to {@code end}. */
    private String embedded(GraphDraft graph, String ids, String start, String end) {
        String table = graph.weight(EMBEDDING, Seq2SeqWeights.Start.EMBEDDING, shape.vocabulary(), shape.width());
        String scale = graph.constant("embedding.factor", new float[] {(float) Math.sqrt(shape.width())});
        String looked = graph.op("Gather", List.of(table, ids), Nodes.attribute("axis", 0));
        String positions = graph.op("Slice", List.of(positions(graph), start, end, graph.whole(0)));
        return graph.op("Add", List.of(graph.op("Mul", List.of(looked, scale)), positions));
    }

    private String positions(GraphDraft graph) {
        long[] dimensions = {shape.positions(), shape.width()};
        return shape.learnedPositions()
                ? graph.weight("positions.weight", Seq2SeqWeights.Start.EMBEDDING, dimensions)
                : graph.constant("positions", sinusoids(), dimensions);
    }

    private float[] sinusoids() {
        int half = shape.width() / 2;
        float[] values = new float[shape.positions() * shape.width()];
        for (int position = 0; position < shape.positions(); position++) {
            for (int i = 0; i < half; i++) {
                double angle = position / Math.pow(10_000, (double) i / half);
                values[position * shape.width() + i] = (float) Math.sin(angle);
                values[position * shape.width() + half + i] = (float) Math.cos(angle);
            }
        }
        return values;
    }

    /** What is added to the scores so that nobody looks at padding: [batch, 1, 1, source]. */
    private static String padding(GraphDraft graph, String mask) {
        String one = graph.constant("one", new float[] {1});
        String never = graph.constant("never", new float[] {NEVER});
        String seen = graph.op("Cast", List.of(mask), Nodes.attribute("to", DataType.FLOAT.getNumber()));
        String hidden = graph.op("Mul", List.of(graph.op("Sub", List.of(one, seen)), never));
        return graph.op("Unsqueeze", List.of(hidden, graph.whole(1, 2)));
    }

    /** What is added to the scores so that nobody looks ahead: [end - start, end]. */
    private String causal(GraphDraft graph, String start, String end) {
        int size = shape.positions();
        float[] values = new float[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = row + 1; column < size; column++) {
                values[row * size + column] = NEVER;
            }
        }
        String table = graph.constant("causal", values, size, size);
        String from = graph.op("Concat", List.of(start, graph.whole(0)), Nodes.attribute("axis", 0));
        String to = graph.op("Concat", List.of(end, end), Nodes.attribute("axis", 0));
        return graph.op("Slice", List.of(table, from, to, graph.whole(0, 1)));
    }

    private String last(GraphDraft graph, String states) {
        return graph.norm("decoder.norm", states, shape.width());
    }

    private void logits(GraphDraft graph, String states) {
        String table = graph.weight(EMBEDDING, Seq2SeqWeights.Start.EMBEDDING, shape.vocabulary(), shape.width());
        graph.opTo(LOGITS, "MatMul", List.of(states, graph.transposed(table, 1, 0)));
    }
}
