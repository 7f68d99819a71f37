package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A graph while it is put together: each method adds nodes and gives the name of the value that they make. */
final class GraphDraft {
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph;
    private final Seq2SeqWeights weights;
    private final Set<String> named = new HashSet<>();
    private int values;

    GraphDraft(String name, Seq2SeqWeights weights) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.weights = weights;
    }

    /** @param dimensions a name for any size, or a number */
    void input(String name, TensorProto.DataType type, Object... dimensions) {
        graph.addInput(info(name, type, dimensions));
    }

    void output(String name, TensorProto.DataType type, Object... dimensions) {
        graph.addOutput(info(name, type, dimensions));
    }

    String op(String type, List<String> inputs, AttributeProto... attributes) {
        return opTo("value." + values++, type, inputs, attributes);
    }

    /** @param output name of what the node makes */
    String opTo(String output, String type, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(Nodes.node(type, output, inputs.toArray(String[]::new)).toBuilder()
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** A trained weight; asked for again, the same one. */
    String weight(String name, Seq2SeqWeights.Start start, long... shape) {
        if (named.add(name)) {
            graph.addInitializer(Tensors.floats(name, weights.values(name, start, shape), shape));
        }
        return name;
    }

    /** @param name none that training would take for a weight's */
    String constant(String name, float[] data, long... shape) {
        if (Seq2SeqBuilder.isTrained(name)) {
            throw new IllegalArgumentException("a constant must not be named like a weight, but is " + name);
        }
        if (named.add(name)) {
            graph.addInitializer(Tensors.floats(name, data, shape));
        }
        return name;
    }

    /** A vector of whole numbers. */
    String whole(long... numbers) {
        String name = "whole." + Arrays.toString(numbers).replaceAll("[\\[\\] ]", "");
        if (named.add(name)) {
            graph.addInitializer(Tensors.longs(name, numbers));
        }
        return name;
    }

    /** {@code x * weight + bias}. */
    String linear(String name, String x, int in, int out) {
        String product = op("MatMul", List.of(x, weight(name + ".weight", Seq2SeqWeights.Start.LINEAR, in, out)));
        return op("Add", List.of(product, weight(name + ".bias", Seq2SeqWeights.Start.ZERO, out)));
    }

    /** Layer normalisation over the last dimension. */
    String norm(String name, String x, int width) {
        String scale = weight(name + ".scale", Seq2SeqWeights.Start.ONE, width);
        String bias = weight(name + ".bias", Seq2SeqWeights.Start.ZERO, width);
        return op(
                "LayerNormalization",
                List.of(x, scale, bias),
                Nodes.attribute("axis", -1),
                Nodes.attribute("epsilon", 1e-5f));
    }

    String transposed(String x, long... permutation) {
        return op("Transpose", List.of(x), Nodes.attribute("perm", permutation));
    }

    /** Size of one dimension, as a vector of one. */
    String size(String x, int dimension) {
        return op("Gather", List.of(op("Shape", List.of(x)), whole(dimension)), Nodes.attribute("axis", 0));
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("lexstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build();
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension instanceof Integer number
                            ? size.setDimValue(number)
                            : size.setDimParam(String.valueOf(dimension)));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
