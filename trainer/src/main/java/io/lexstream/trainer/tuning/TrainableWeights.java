package io.lexstream.trainer.tuning;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which initialisers a method trains, beside the heads. */
final class TrainableWeights {
    private final TuningOptions options;
    private final List<LinearLayer> layers;

    TrainableWeights(GraphProto encoder, TuningOptions options) {
        this.options = options;
        this.layers = LinearLayer.of(encoder);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("the encoder has no linear layers in numbered blocks to train");
        }
    }

    /** The layers that get low-rank matrices. */
    List<LinearLayer> adapted() {
        return layers.stream()
                .filter(layer -> options.targets().contains(layer.kind()))
                .toList();
    }

    Predicate<String> predicate() {
        Predicate<String> head = name -> name.startsWith("head.") && !name.equals("head.dropout");
        return switch (options.method()) {
            case LORA -> {
                Set<String> matrices = new HashSet<>();
                adapted()
                        .forEach(layer ->
                                matrices.addAll(List.of(LoraGraph.a(layer.weight()), LoraGraph.b(layer.weight()))));
                yield head.or(matrices::contains);
            }
            case LAST_LAYERS -> {
                int blocks = layers.stream().mapToInt(LinearLayer::block).max().orElse(0) + 1;
                yield head.or(name -> isWeight(name) && blockOf(name) >= blocks - options.lastLayers());
            }
            case FULL -> head.or(name -> isWeight(name) && (options.embeddings() || !name.contains("embeddings")));
        };
    }

    private int blockOf(String name) {
        Map<String, Integer> blocks = new HashMap<>();
        layers.forEach(layer -> blocks.put(layer.weight(), layer.block()));
        return blocks.getOrDefault(name, LinearLayer.blockOf(name));
    }

    /** Not a constant that an exporter left among the initialisers. */
    private boolean isWeight(String name) {
        return name.endsWith("weight")
                || name.endsWith("bias")
                || layers.stream().anyMatch(layer -> layer.weight().equals(name));
    }
}
