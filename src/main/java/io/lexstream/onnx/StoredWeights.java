package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The float weights of a graph wherever it keeps them: among its initialisers, in the branches of an If, or packed as
 * {@link PackedWeights} does; and the same graph with others in their places.
 */
public final class StoredWeights {
    private StoredWeights() {}

    /** All of them as float32 tensors; two branches may have different ones of the same name. */
    public static List<TensorProto> of(ModelProto model) {
        List<TensorProto> weights = new ArrayList<>();
        collect(model.getGraph(), weights);
        return weights;
    }

    private static void collect(GraphProto graph, List<TensorProto> weights) {
        Map<String, TensorProto> tensors = byName(graph);
        for (TensorProto tensor : graph.getInitializerList()) {
            Optional<TensorProto> packed = packed(tensor, tensors);
            if (packed.isPresent() || isWhole(tensor, tensors)) {
                weights.add(packed.orElse(tensor));
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            node.getAttributeList().stream()
                    .filter(AttributeProto::hasG)
                    .forEach(attribute -> collect(attribute.getG(), weights));
        }
    }

    /**
     * The model with other values.
     *
     * @param change the new values of a weight, row-major; none = it stays, to the last bit
     * @throws GraphException if a value that has to be packed is no number
     */
    public static ModelProto with(ModelProto model, Function<TensorProto, Optional<float[]>> change)
            throws GraphException {
        return model.toBuilder().setGraph(with(model.getGraph(), change)).build();
    }

    private static GraphProto with(GraphProto graph, Function<TensorProto, Optional<float[]>> change)
            throws GraphException {
        Map<String, TensorProto> tensors = byName(graph);
        Map<String, TensorProto> changed = new LinkedHashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            Optional<TensorProto> packed = packed(tensor, tensors);
            TensorProto weight = packed.orElse(tensor);
            boolean asked = packed.isPresent() || isWhole(tensor, tensors);
            Optional<float[]> values = asked ? change.apply(weight) : Optional.empty();
            if (values.isPresent()) {
                TensorProto fresh = fresh(weight, values.get());
                List<TensorProto> stored = packed.isPresent() ? repacked(fresh, tensors) : List.of(fresh);
                stored.forEach(each -> changed.put(each.getName(), each));
            }
        }
        GraphProto.Builder result = graph.toBuilder().clearInitializer().clearNode();
        for (TensorProto tensor : graph.getInitializerList()) {
            result.addInitializer(changed.getOrDefault(tensor.getName(), tensor));
        }
        for (NodeProto node : graph.getNodeList()) {
            result.addNode(with(node, change));
        }
        return result.build();
    }

    private static NodeProto with(NodeProto node, Function<TensorProto, Optional<float[]>> change)
            throws GraphException {
        if (node.getAttributeList().stream().noneMatch(AttributeProto::hasG)) {
            return node;
        }
        NodeProto.Builder result = node.toBuilder().clearAttribute();
        for (AttributeProto attribute : node.getAttributeList()) {
            result.addAttribute(
                    attribute.hasG()
                            ? attribute.toBuilder()
                                    .setG(with(attribute.getG(), change))
                                    .build()
                            : attribute);
        }
        return result.build();
    }

    private static Map<String, TensorProto> byName(GraphProto graph) {
        Map<String, TensorProto> tensors = new LinkedHashMap<>();
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        return tensors;
    }

    /** The weight whose int8 values the tensor holds, if it does. */
    private static Optional<TensorProto> packed(TensorProto tensor, Map<String, TensorProto> tensors) {
        String name = tensor.getName();
        int end = name.length() - Int8Weights.values("").length();
        boolean values = end > 0 && name.equals(Int8Weights.values(name.substring(0, end)));
        return values ? PackedWeights.unpacked(name.substring(0, end), tensors) : Optional.empty();
    }

    private static List<TensorProto> repacked(TensorProto weight, Map<String, TensorProto> tensors)
            throws GraphException {
        TensorProto scales = tensors.get(Int8Weights.scales(weight.getName()));
        boolean byRow = scales != null && scales.getDimsCount() == 2;
        return byRow ? Int8Weights.rows(weight) : Int8Weights.columns(weight).subList(0, 2);
    }

    private static TensorProto fresh(TensorProto weight, float[] values) {
        long[] shape = weight.getDimsList().stream().mapToLong(Long::longValue).toArray();
        return Tensors.floats(weight.getName(), values, shape);
    }

    /** Whether it is a float tensor by itself, not the scales of a packed one. */
    private static boolean isWhole(TensorProto tensor, Map<String, TensorProto> tensors) {
        String name = tensor.getName();
        int end = name.length() - Int8Weights.scales("").length();
        boolean scales = end > 0
                && name.endsWith(Int8Weights.scales(""))
                && tensors.containsKey(Int8Weights.values(name.substring(0, end)));
        return !scales && tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber();
    }
}
