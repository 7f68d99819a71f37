package io.lexstream.trainer.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.lexstream.onnx.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator's gradient against finite differences, on graphs of its own. */
class OperatorGradientTest {
    private static final float STEP = 1e-2f;
    private static final double TOLERANCE = 2e-2;

    private static TensorBackend backend;

    @BeforeAll
    static void open() {
        backend = DjlBackend.open(1);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    /**
     * Nodes over the parameters {@code p, q, ..} (all trained), ending in {@code y}; {@code fused}: what runs instead.
     */
    record Case(String name, GraphProto graph, List<String> fused) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                one("Add", List.of("p", "q"), shape(2, 3), shape(3)),
                one("Sub", List.of("p", "q"), shape(2, 3), shape(2, 1)),
                one("Mul", List.of("p", "q"), shape(2, 3), shape(3)),
                one("Div", List.of("p", "q"), shape(2, 3), shape(2, 3)),
                one("Pow", List.of("p", "two"), shape(2, 3)),
                one("Neg", List.of("p"), shape(2, 3)),
                one("Sqrt", List.of("p"), shape(2, 3)),
                one("Erf", List.of("p"), shape(2, 3)),
                one("Tanh", List.of("p"), shape(2, 3)),
                one("Exp", List.of("p"), shape(2, 3)),
                one("Log", List.of("p"), shape(2, 3)),
                one("Abs", List.of("p"), shape(2, 3)),
                one("Sigmoid", List.of("p"), shape(2, 3)),
                one("Reciprocal", List.of("p"), shape(2, 3)),
                one("Min", List.of("p", "q", "one"), shape(2, 3), shape(3)),
                one("Max", List.of("p", "q"), shape(2, 3), shape(3)),
                one("Clip", List.of("p", "half", "one"), shape(2, 3)),
                one("Clip", List.of("p", "", "one"), shape(2, 3)),
                one("Squeeze", List.of("p", "axis"), shape(2, 1, 3)),
                one("Trilu", List.of("p", "second"), shape(3, 3)),
                one("Trilu", List.of("p"), List.of(integer("upper", 0)), shape(2, 3, 3)),
                where("Equal", "LessOrEqual"),
                where("Less", "Greater"),
                where("GreaterOrEqual", "IsNaN"),
                filled(),
                one("Relu", List.of("p"), shape(2, 3)),
                one("Gelu", List.of("p"), shape(2, 3)),
                one("Identity", List.of("p"), shape(2, 3)),
                one("MatMul", List.of("p", "q"), shape(2, 2, 3), shape(3, 4)),
                one("Gemm", List.of("p", "q", "r"), shape(2, 3), shape(3, 4), shape(4)),
                one("Gemm", List.of("p", "q", "r"), List.of(integer("transB", 1)), shape(2, 3), shape(4, 3), shape(4)),
                one("LayerNormalization", List.of("p", "q", "r"), shape(2, 4), shape(4), shape(4)),
                one("Softmax", List.of("p"), List.of(integer("axis", -1)), shape(2, 3)),
                one("ReduceMean", List.of("p"), List.of(integers("axes", -1)), shape(2, 3)),
                one("ReduceSum", List.of("p", "axis"), List.of(integer("keepdims", 0)), shape(2, 3)),
                one("Transpose", List.of("p"), List.of(integers("perm", 1, 0, 2)), shape(2, 3, 2)),
                one("Transpose", List.of("p"), shape(2, 3)),
                one("Reshape", List.of("p", "flat"), shape(2, 3)),
                one("Unsqueeze", List.of("p"), List.of(integers("axes", 1)), shape(2, 3)),
                one("Concat", List.of("p", "q"), List.of(integer("axis", 1)), shape(2, 3), shape(2, 2)),
                one("Slice", List.of("p", "from", "to", "axis"), shape(2, 4)),
                one("Gather", List.of("p", "ids"), shape(5, 3)),
                one("Gather", List.of("p", "second"), List.of(integer("axis", 1)), shape(2, 3, 2)),
                one("Cast", List.of("p"), List.of(integer("to", 1)), shape(2, 3)),
                one("Expand", List.of("p", "wide"), shape(1, 3)),
                one("Where", List.of("choice", "p", "q"), shape(2, 3), shape(2, 3)),
                one("Dropout", List.of("p", "half"), shape(2, 3)),
                fusedLinear(),
                fusedGelu(),
                fusedLayerNorm());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theGradientIsWhatFiniteDifferencesSay(Case under) {
        GraphTrainer trainer = new GraphTrainer(backend, under.graph, name -> "pqr".contains(name), List.of("y"));
        assertThat(trainer.operators()).containsAll(under.fused);

        Map<String, float[]> gradients = new LinkedHashMap<>();
        backend.beginStep(true);
        try {
            backend.backward(weightedSum(trainer));
            trainer.trainable().forEach((name, tensor) -> gradients.put(name, backend.gradient(tensor)));
        } finally {
            backend.endStep();
        }

        assertThat(gradients).isNotEmpty();
        trainer.trainable().forEach((name, tensor) -> {
            float[] values = tensor.floats();
            float[] gradient = Objects.requireNonNull(gradients.get(name));
            for (int i = 0; i < values.length; i++) {
                double difference =
                        (at(trainer, tensor, values, i, STEP) - at(trainer, tensor, values, i, -STEP)) / (2 * STEP);
                assertThat((double) gradient[i])
                        .as("%s[%d]", name, i)
                        .isCloseTo(difference, within(TOLERANCE * Math.max(1, Math.abs(difference))));
            }
            backend.assign(tensor, values);
        });
    }

    @Test
    void anUnknownOperatorIsNamedWithItsNode() {
        GraphProto graph = one("Einsum", List.of("p"), shape(2, 2)).graph;
        GraphTrainer trainer = new GraphTrainer(backend, graph, name -> true, List.of("y"));
        backend.beginStep(false);
        try {
            assertThatThrownBy(() -> trainer.run(Map.of(), null))
                    .isInstanceOf(UnknownOperatorException.class)
                    .hasMessageContaining("Einsum")
                    .hasMessageContaining("n_y");
        } finally {
            backend.endStep();
        }
    }

    private static double at(GraphTrainer trainer, Tensor parameter, float[] values, int index, float by) {
        float[] moved = values.clone();
        moved[index] += by;
        backend.assign(parameter, moved);
        backend.beginStep(false);
        try {
            return weightedSum(trainer).floats()[0];
        } finally {
            backend.endStep();
        }
    }

    /** Each element counts differently: a plain sum would hide errors, softmax's most of all. */
    private static Tensor weightedSum(GraphTrainer trainer) {
        Tensor y = trainer.run(Map.of(), null).get("y");
        assertThat(y).isNotNull();
        int elements = y.floats().length;
        float[] weights = new float[elements];
        for (int i = 0; i < elements; i++) {
            weights[i] = 0.5f + i % 3 - 0.25f * i;
        }
        Tensor flat = backend.reshape(y, elements);
        return backend.sum(backend.mul(flat, backend.floats(weights, elements)), new int[] {0}, false);
    }

    /** {@code y = p} where either comparison of p and one half says so, but not both; else {@code q}. */
    private static Case where(String one, String other) {
        List<String> operands = List.of("p", "half");
        List<NodeProto> nodes = List.of(
                node(one, operands, "a"),
                node(other, other.equals("IsNaN") ? List.of("p") : operands, "b"),
                node("Or", List.of("a", "b"), "either"),
                node("And", List.of("a", "b"), "both"),
                node("Not", List.of("both"), "not_both"),
                node("And", List.of("either", "not_both"), "one_of_them"),
                node("Where", List.of("one_of_them", "p", "q"), "y"));
        return new Case("Where " + one + " or " + other, graph(nodes, shape(2, 3), shape(2, 3)), List.of(one, other));
    }

    private static Case filled() {
        AttributeProto three = AttributeProto.newBuilder()
                .setName("value")
                .setT(Tensors.floats("", new float[] {3}, 1))
                .build();
        List<NodeProto> nodes = List.of(
                node("Shape", List.of("p"), "shape", integer("start", -1)),
                node("ConstantOfShape", List.of("shape"), "threes", three),
                node("Mul", List.of("p", "threes"), "y"));
        return new Case("ConstantOfShape", graph(nodes, shape(2, 3)), List.of("ConstantOfShape"));
    }

    private static Case fusedLinear() {
        List<NodeProto> nodes =
                List.of(node("MatMul", List.of("p", "q"), "product"), node("Add", List.of("product", "r"), "y"));
        return new Case(
                "MatMul and bias",
                graph(nodes, shape(2, 3), shape(3, 4), shape(4)),
                List.of(TensorOperators.FUSED_LINEAR));
    }

    private static Case fusedGelu() {
        List<NodeProto> nodes = List.of(
                node("Div", List.of("p", "root2"), "scaled"),
                node("Erf", List.of("scaled"), "erf"),
                node("Add", List.of("erf", "one"), "shifted"),
                node("Mul", List.of("p", "shifted"), "twice"),
                node("Mul", List.of("twice", "half"), "y"));
        return new Case("GELU in five nodes", graph(nodes, shape(2, 3)), List.of(TensorOperators.FUSED_GELU));
    }

    private static Case fusedLayerNorm() {
        List<NodeProto> nodes = List.of(
                node("ReduceMean", List.of("p"), "mean", integers("axes", -1)),
                node("Sub", List.of("p", "mean"), "centred"),
                node("Pow", List.of("centred", "two"), "square"),
                node("ReduceMean", List.of("square"), "variance", integers("axes", -1)),
                node("Add", List.of("variance", "epsilon"), "safe"),
                node("Sqrt", List.of("safe"), "deviation"),
                node("Div", List.of("centred", "deviation"), "normal"),
                node("Mul", List.of("normal", "q"), "scaled"),
                node("Add", List.of("scaled", "r"), "y"));
        return new Case(
                "layer normalisation in nine nodes",
                graph(nodes, shape(2, 4), shape(4), shape(4)),
                List.of(TensorOperators.FUSED_LAYER_NORM));
    }

    private static Case one(String op, List<String> inputs, long[]... shapes) {
        return one(op, inputs, List.of(), shapes);
    }

    private static Case one(String op, List<String> inputs, List<AttributeProto> attributes, long[]... shapes) {
        return new Case(
                op + " " + inputs,
                graph(List.of(node(op, inputs, "y", attributes.toArray(AttributeProto[]::new))), shapes),
                List.of(op));
    }

    private static GraphProto graph(List<NodeProto> nodes, long[]... shapes) {
        GraphProto.Builder graph = GraphProto.newBuilder().addAllNode(nodes);
        Random random = new Random(7);
        List<String> names = List.of("p", "q", "r");
        for (int i = 0; i < shapes.length; i++) {
            int elements = 1;
            for (long size : shapes[i]) {
                elements *= (int) size;
            }
            float[] values = new float[elements];
            for (int k = 0; k < elements; k++) {
                values[k] = 0.4f + random.nextFloat(); // positive, so that roots and quotients are tame
            }
            graph.addInitializer(Tensors.floats(names.get(i), values, shapes[i]));
        }
        return graph.addInitializer(Tensors.floats("two", new float[] {2}))
                .addInitializer(Tensors.floats("one", new float[] {1}))
                .addInitializer(Tensors.floats("half", new float[] {0.5f}))
                .addInitializer(Tensors.floats("root2", new float[] {1.4142135f}))
                .addInitializer(Tensors.floats("epsilon", new float[] {1e-5f}))
                .addInitializer(Tensors.floats("choice", new float[] {1, 0, 1, 0, 0, 1}, 2, 3))
                .addInitializer(Tensors.longs("flat", List.of(2L), 3, -1))
                .addInitializer(Tensors.longs("axis", List.of(1L), 1))
                .addInitializer(Tensors.longs("from", List.of(1L), 1))
                .addInitializer(Tensors.longs("to", List.of(1L), 3))
                .addInitializer(Tensors.longs("wide", List.of(2L), 2, 3))
                .addInitializer(Tensors.longs("ids", List.of(2L, 2L), 4, 0, 4, 2))
                .addInitializer(Tensors.longs("second", List.of(), 1))
                .build();
    }

    private static NodeProto node(String op, List<String> inputs, String output, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .setName("n_" + output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setI(value).build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        List<Long> all = new ArrayList<>();
        for (long value : values) {
            all.add(value);
        }
        return attribute.addAllInts(all).build();
    }

    private static long[] shape(long... sizes) {
        return sizes;
    }
}
