package io.lexstream.generation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.lexstream.onnx.Nodes;
import io.lexstream.onnx.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes an ONNX graph line by line; a branch shares its constants and weights with the graph around it. */
final class GraphScript {
    static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    static final int INT64 = TensorProto.DataType.INT64.getNumber();
    static final int BOOL = TensorProto.DataType.BOOL.getNumber();

    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final GraphProto.Builder constants;
    private final Set<String> known;
    private final String prefix;
    private int count;

    GraphScript() {
        this.constants = graph;
        this.known = new HashSet<>();
        this.prefix = "n";
        graph.setName("tiny");
    }

    private GraphScript(GraphScript outer, String prefix) {
        this.constants = outer.constants;
        this.known = outer.known;
        this.prefix = prefix;
        graph.setName(prefix);
    }

    GraphScript branch(String name) {
        return new GraphScript(this, name);
    }

    /** @param shape a number, or the name of a size that can be any */
    String input(String name, int type, Object... shape) {
        graph.addInput(info(name, type, shape));
        return name;
    }

    /** Gives {@code value} that name outside. */
    void output(String name, String value, int type, Object... shape) {
        graph.addNode(Nodes.node("Identity", name, value));
        graph.addOutput(info(name, type, shape));
    }

    String op(String type, List<String> inputs, AttributeProto... attributes) {
        String output = prefix + "/" + count++;
        graph.addNode(Nodes.node(type, output, inputs.toArray(String[]::new)).toBuilder()
                .addAllAttribute(Arrays.asList(attributes)));
        return output;
    }

    String op(String type, String... inputs) {
        return op(type, List.of(inputs));
    }

    String weight(String name, float[] values, long... shape) {
        if (known.add(name)) {
            constants.addInitializer(Tensors.floats(name, values, shape));
        }
        return name;
    }

    String number(double value) {
        return weight("number " + value, new float[] {(float) value});
    }

    String vector(long... values) {
        String name = "vector " + Arrays.toString(values);
        if (known.add(name)) {
            constants.addInitializer(Tensors.longs(name, List.of((long) values.length), values));
        }
        return name;
    }

    String scalar(long value) {
        String name = "scalar " + value;
        if (known.add(name)) {
            constants.addInitializer(Tensors.longs(name, List.of(), value));
        }
        return name;
    }

    String transpose(String input, long... permutation) {
        return op("Transpose", List.of(input), Nodes.attribute("perm", permutation));
    }

    String size(String input, long dimension) {
        return op("Gather", op("Shape", input), scalar(dimension));
    }

    /** An If whose branches have outputs in the order of {@code outputs}. */
    void choose(String condition, GraphScript then, GraphScript otherwise, List<String> outputs) {
        graph.addNode(Nodes.node("If", outputs.get(0), condition).toBuilder()
                .clearOutput()
                .addAllOutput(outputs)
                .addAttribute(branch("then_branch", then))
                .addAttribute(branch("else_branch", otherwise)));
    }

    private static AttributeProto branch(String name, GraphScript script) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(script.graph)
                .build();
    }

    void outputOfIf(String name, int type, Object... shape) {
        graph.addOutput(info(name, type, shape));
    }

    Path write(Path file) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build();
        return Files.write(file, model.toByteArray());
    }

    private static ValueInfoProto info(String name, int type, Object... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (Object size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(
                    size instanceof Number number
                            ? dimension.setDimValue(number.longValue())
                            : dimension.setDimParam(size.toString()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(dimensions)))
                .build();
    }
}
