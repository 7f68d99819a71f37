package io.lexstream.generation;

import io.lexstream.onnx.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Parts of a small encoder-decoder Transformer with random weights: a weight of a name is the same in every graph. */
final class TinyTransformer {
    static final int VOCABULARY = 24;
    static final int DIM = 8;
    static final int HEADS = 2;
    static final int WIDTH = 4;
    static final int LAYERS = 2;

    private static final int INNER = 16;
    private static final int POSITIONS = 64;
    private static final int FARTHEST = 4;
    private static final double NEVER = -1e9;
    private static final double EPSILON = 1e-6;

    /** The families whose arithmetic it has. */
    enum Shape {
        /** Norms after the blocks, sinusoidal positions, scaled tied embeddings, a bias of the logits. */
        MARIAN,
        /** RMS norms before the blocks, relative positions, no biases at all. */
        T5,
        /** Norms after the blocks, learned positions from 2 on, GELU, a bias of the logits. */
        BART
    }

    private final Shape shape;
    private final long seed;

    TinyTransformer(Shape shape, long seed) {
        this.shape = shape;
        this.seed = seed;
    }

    /** Keys or values of one layer that are there already; {@code null} would be none. */
    record Cache(String key, String value) {}

    /** Names of the logits, and of each layer's keys and values of all tokens so far. */
    record Decoded(String logits, List<Cache> self) {}

    /** States [batch, source, DIM]. */
    String encode(GraphScript graph, String ids, String mask) {
        String length = graph.size(ids, 1);
        String positions = graph.op("Range", graph.scalar(0), length, graph.scalar(1));
        String bias = sourceBias(graph, mask);
        if (shape == Shape.T5) {
            bias = graph.op("Add", bias, relative(graph, "encoder.relative", positions, positions));
        }
        String states = embed(graph, "encoder", ids, positions);
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "encoder." + layer;
            String attentionBias = bias;
            states = block(
                    graph,
                    name + ".self",
                    states,
                    input -> attend(
                            graph,
                            name + ".self",
                            input,
                            new Cache(heads(graph, name + ".self.k", input), heads(graph, name + ".self.v", input)),
                            attentionBias));
            states = block(graph, name + ".ffn", states, input -> feedForward(graph, name + ".ffn", input));
        }
        return shape == Shape.T5 ? norm(graph, "encoder.norm", states) : states;
    }

    /** Keys and values of the source for each decoder layer, of the encoder's states. */
    List<Cache> cross(GraphScript graph, String states) {
        List<Cache> cross = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "decoder." + layer + ".cross.";
            cross.add(new Cache(heads(graph, name + "k", states), heads(graph, name + "v", states)));
        }
        return cross;
    }

    /** @param past keys and values of the tokens before; empty = these are the first */
    Decoded decode(GraphScript graph, String ids, String mask, List<Cache> cross, List<Cache> past) {
        String before =
                past.isEmpty() ? graph.scalar(0) : graph.size(past.get(0).key(), 2);
        String all = graph.op("Add", before, graph.size(ids, 1));
        String queries = graph.op("Range", before, all, graph.scalar(1));
        String keys = graph.op("Range", graph.scalar(0), all, graph.scalar(1));
        String bias = causal(graph, queries, keys);
        if (shape == Shape.T5) {
            bias = graph.op("Add", bias, relative(graph, "decoder.relative", queries, keys));
        }
        String crossBias = sourceBias(graph, mask);
        String states = embed(graph, "decoder", ids, queries);
        List<Cache> self = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "decoder." + layer;
            String selfBias = bias;
            List<Cache> before1 = past.isEmpty() ? List.of() : List.of(past.get(layer));
            Cache source = cross.get(layer);
            states = block(graph, name + ".self", states, input -> {
                Cache cache = longer(
                        graph,
                        before1,
                        new Cache(heads(graph, name + ".self.k", input), heads(graph, name + ".self.v", input)));
                self.add(cache);
                return attend(graph, name + ".self", input, cache, selfBias);
            });
            states = block(
                    graph, name + ".cross", states, input -> attend(graph, name + ".cross", input, source, crossBias));
            states = block(graph, name + ".ffn", states, input -> feedForward(graph, name + ".ffn", input));
        }
        return new Decoded(logits(graph, states), self);
    }

    private String logits(GraphScript graph, String states) {
        String ready = shape == Shape.T5
                ? graph.op("Mul", norm(graph, "decoder.norm", states), graph.number(Math.pow(DIM, -0.5)))
                : states;
        String product = graph.op("MatMul", ready, graph.transpose(embedding(graph), 1, 0));
        return shape == Shape.T5 ? product : graph.op("Add", product, small(graph, "final_logits_bias", 1, VOCABULARY));
    }

    private String embed(GraphScript graph, String side, String ids, String positions) {
        String states = graph.op("Gather", embedding(graph), ids);
        return switch (shape) {
            case MARIAN -> {
                String scaled = graph.op("Mul", states, graph.number(Math.sqrt(DIM)));
                String waves = graph.weight("waves", waves(), POSITIONS, DIM);
                yield graph.op("Add", scaled, graph.op("Gather", waves, positions));
            }
            case BART -> {
                String table = random(graph, side + ".positions", POSITIONS, DIM);
                String place = graph.op("Gather", table, graph.op("Add", positions, graph.scalar(2)));
                yield norm(graph, side + ".embedding.norm", graph.op("Add", states, place));
            }
            default -> states;
        };
    }

    private String embedding(GraphScript graph) {
        return random(graph, "shared", VOCABULARY, DIM);
    }

    private interface Part {
        String of(String input);
    }

    /** A part with its residual connection and its norm, before or behind it. */
    private String block(GraphScript graph, String name, String states, Part part) {
        if (shape == Shape.T5) {
            return graph.op("Add", states, part.of(norm(graph, name + ".norm", states)));
        }
        return norm(graph, name + ".norm", graph.op("Add", states, part.of(states)));
    }

    private String norm(GraphScript graph, String name, String states) {
        String scale = graph.op("Add", graph.number(1), small(graph, name + ".scale", DIM));
        if (shape != Shape.T5) {
            return graph.op("LayerNormalization", states, scale, small(graph, name + ".shift", DIM));
        }
        String mean = graph.op(
                "ReduceMean", List.of(graph.op("Mul", states, states)), Nodes.attribute("axes", new long[] {-1}));
        String root = graph.op("Sqrt", graph.op("Add", mean, graph.number(EPSILON)));
        return graph.op("Mul", graph.op("Div", states, root), scale);
    }

    private String feedForward(GraphScript graph, String name, String input) {
        String inner = linear(graph, name + ".in", input, DIM, INNER);
        String active = switch (shape) {
            case MARIAN -> graph.op("Mul", inner, graph.op("Sigmoid", inner));
            case BART -> {
                String erf = graph.op("Erf", graph.op("Div", inner, graph.number(Math.sqrt(2))));
                String half = graph.op("Mul", inner, graph.number(0.5));
                yield graph.op("Mul", half, graph.op("Add", erf, graph.number(1)));
            }
            default -> graph.op("Relu", inner);
        };
        return linear(graph, name + ".out", active, INNER, DIM);
    }

    private String attend(GraphScript graph, String name, String input, Cache cache, String bias) {
        String query = heads(graph, name + ".q", input);
        String scores = graph.op("MatMul", query, graph.transpose(cache.key(), 0, 1, 3, 2));
        String scaled = shape == Shape.T5 ? scores : graph.op("Mul", scores, graph.number(1 / Math.sqrt(WIDTH)));
        String shares = graph.op("Softmax", List.of(graph.op("Add", scaled, bias)), Nodes.attribute("axis", -1));
        String mixed = graph.transpose(graph.op("MatMul", shares, cache.value()), 0, 2, 1, 3);
        return linear(graph, name + ".o", graph.op("Reshape", mixed, graph.vector(0, 0, DIM)), DIM, DIM);
    }

    private String heads(GraphScript graph, String name, String input) {
        String all = linear(graph, name, input, DIM, DIM);
        return graph.transpose(graph.op("Reshape", all, graph.vector(0, 0, HEADS, WIDTH)), 0, 2, 1, 3);
    }

    private static Cache longer(GraphScript graph, List<Cache> past, Cache now) {
        if (past.isEmpty()) {
            return now;
        }
        Cache before = past.get(0);
        return new Cache(
                graph.op("Concat", List.of(before.key(), now.key()), Nodes.attribute("axis", 2)),
                graph.op("Concat", List.of(before.value(), now.value()), Nodes.attribute("axis", 2)));
    }

    private String linear(GraphScript graph, String name, String input, int from, int to) {
        String product = graph.op("MatMul", input, random(graph, name + ".weight", from, to));
        return shape == Shape.T5 ? product : graph.op("Add", product, small(graph, name + ".bias", to));
    }

    /** [batch, 1, 1, source]: nothing where there is a token, far below zero where there is none. */
    private static String sourceBias(GraphScript graph, String mask) {
        String floats = graph.op("Cast", List.of(mask), Nodes.attribute("to", GraphScript.FLOAT));
        String missing = graph.op("Sub", graph.number(1), floats);
        String bias = graph.op("Mul", missing, graph.number(NEVER));
        return graph.op("Unsqueeze", bias, graph.vector(1, 2));
    }

    private static String causal(GraphScript graph, String queries, String keys) {
        String seen = graph.op(
                "LessOrEqual",
                graph.op("Unsqueeze", keys, graph.vector(0)),
                graph.op("Unsqueeze", queries, graph.vector(1)));
        return graph.op("Where", seen, graph.number(0), graph.number(NEVER));
    }

    /** [heads, queries, keys], by the clipped distance. */
    private String relative(GraphScript graph, String name, String queries, String keys) {
        String distance = graph.op(
                "Sub", graph.op("Unsqueeze", keys, graph.vector(0)), graph.op("Unsqueeze", queries, graph.vector(1)));
        String clipped = graph.op("Clip", distance, graph.scalar(-FARTHEST), graph.scalar(FARTHEST));
        String bucket = graph.op("Add", clipped, graph.scalar(FARTHEST));
        String table = random(graph, name, 2 * FARTHEST + 1, HEADS);
        return graph.transpose(graph.op("Gather", table, bucket), 2, 0, 1);
    }

    private static float[] waves() {
        float[] waves = new float[POSITIONS * DIM];
        for (int position = 0; position < POSITIONS; position++) {
            for (int i = 0; i < DIM / 2; i++) {
                double angle = position / Math.pow(10_000, 2.0 * i / DIM);
                waves[position * DIM + i] = (float) Math.sin(angle);
                waves[position * DIM + DIM / 2 + i] = (float) Math.cos(angle);
            }
        }
        return waves;
    }

    /** Norms and biases: small, or every token would lead to the same one. */
    private String small(GraphScript graph, String name, int... shape) {
        return graph.op("Mul", random(graph, name, shape), graph.number(0.3));
    }

    private String random(GraphScript graph, String name, int... shape) {
        int size = 1;
        long[] dimensions = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            dimensions[i] = shape[i];
            size *= shape[i];
        }
        Random random = new Random(seed * 31 + name.hashCode());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return graph.weight(name, values, dimensions);
    }
}
