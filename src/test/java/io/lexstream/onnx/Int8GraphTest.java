package io.lexstream.onnx;

import static io.lexstream.onnx.SmallGraphs.node;
import static io.lexstream.onnx.SmallGraphs.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int8GraphTest {
    private static final int IN = 96;
    private static final int OUT = 64;

    private final float[] weight = random(IN * OUT, 1);
    private final ModelProto linear = SmallGraphs.linear(weight, IN, OUT, random(OUT, 2));

    @Test
    void itsResultsAreThoseOfTheFloatGraphButForTheRounding() throws Exception {
        float[] features = random(5 * IN, 3);

        ModelProto int8 = Int8Graph.quantise(linear);

        assertThat(operators(int8)).contains("MatMulIntegerToFloat").doesNotContain("MatMul");
        float[] exact = SmallGraphs.run(linear, features, 5);
        float[] rounded = SmallGraphs.run(int8, features, 5);
        assertThat(rounded).containsExactly(exact, within(0.5f)); // values of a magnitude of about 10
        assertThat(meanDifference(rounded, exact)).isBetween(1e-4, 0.15);
    }

    @Test
    void aRowsResultDoesNotDependOnAnOutlierInItsBatch() throws Exception {
        float[] alone = random(IN, 4);
        float[] withOutlier = Arrays.copyOf(alone, 2 * IN);
        withOutlier[IN + 7] = 1000;
        ModelProto int8 = Int8Graph.quantise(linear);

        double moved = moved(int8, alone, withOutlier);

        assertThat(moved).isLessThan(1e-5);
        assertThat(moved(perTensor(), alone, withOutlier))
                .as("one scale for the whole batch, which this scheme is there to avoid")
                .isGreaterThan(1);
    }

    @Test
    void aRowOfZerosStaysZero() throws Exception {
        ModelProto plain = SmallGraphs.linear(weight, IN, OUT, new float[OUT]);

        assertThat(SmallGraphs.run(Int8Graph.quantise(plain), new float[IN], 1)).containsOnly(0f);
    }

    @Test
    void quantisingTwiceGivesTheSameBytesAndAFractionOfTheSize() throws Exception {
        ModelProto once = Int8Graph.quantise(linear);

        assertThat(once.toByteArray()).isEqualTo(Int8Graph.quantise(linear).toByteArray());
        assertThat(names(once)).doesNotContain("w").contains("bias");
        ModelProto large = SmallGraphs.linear(random(400 * 400, 5), 400, 400, new float[400]);
        assertThat(Int8Graph.quantise(large).getSerializedSize()).isLessThan(large.getSerializedSize() / 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 13, 17, 18, 21})
    void everyOpsetFrom11OnRuns(int opset) throws Exception {
        ModelProto.Builder model = linear.toBuilder();
        model.getOpsetImportBuilder(0).setVersion(opset);
        float[] features = random(IN, 6);

        float[] rounded = SmallGraphs.run(Int8Graph.quantise(model.build()), features, 1);

        assertThat(rounded).containsExactly(SmallGraphs.run(linear, features, 1), within(0.5f));
    }

    @Test
    void anOlderGraphIsRefused() {
        ModelProto.Builder model = linear.toBuilder();
        model.getOpsetImportBuilder(0).setVersion(10);

        assertThatThrownBy(() -> Int8Graph.quantise(model.build()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("opset 11");
    }

    @Test
    void aWeightThatIsNoNumberIsRefusedAndNotRoundedAway() {
        weight[5] = Float.NaN;
        ModelProto broken = SmallGraphs.linear(weight, IN, OUT, new float[OUT]);

        assertThatThrownBy(() -> Int8Graph.quantise(broken))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("tensor w holds NaN");
    }

    @Test
    void smallWeightsStayAsTheyAre() throws Exception {
        ModelProto small = SmallGraphs.linear(random(12, 7), 4, 3, new float[3]);

        assertThat(Int8Graph.quantise(small).getGraph()).isEqualTo(small.getGraph());
    }

    @Test
    void anEmbeddingTableKeepsEachRowWithinAHundredthOfItsLargestValue() throws Exception {
        int rows = 100;
        float[] table = random(rows * OUT, 8);
        ModelProto model = SmallGraphs.model(GraphProto.newBuilder()
                .addInitializer(Tensors.floats("table", table, rows, OUT))
                .addNode(Nodes.cast("ids", "features", TensorProto.DataType.INT64))
                .addNode(node("Gather", "logits", "table", "ids"))
                .addInput(Tensors.floatInfo("features", "rows", 1))
                .addOutput(Tensors.floatInfo("logits", "rows", OUT)));

        ModelProto int8 = Int8Graph.quantise(model);

        assertThat(names(int8)).doesNotContain("table");
        float[] row = SmallGraphs.run(int8, new float[] {42}, 1);
        assertThat(row).containsExactly(Arrays.copyOfRange(table, 42 * OUT, 43 * OUT), within(0.02f));
    }

    /** What the same graph would be with ONNX's own dynamic quantisation: one scale for the whole input. */
    private ModelProto perTensor() throws GraphException {
        ModelProto.Builder model = linear.toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        NodeProto add = graph.getNode(1);
        graph.clearNode()
                .addNode(NodeProto.newBuilder()
                        .setOpType("DynamicQuantizeLinear")
                        .addInput("features")
                        .addAllOutput(List.of("x", "scale", "zero")))
                .addNode(node("MatMulInteger", "product", "x", "w/int8", "zero", "w/zero"))
                .addNode(Nodes.cast("float", "product", TensorProto.DataType.FLOAT))
                .addNode(node("Mul", "scales", "scale", "w/scale"))
                .addNode(node("Mul", "y", "float", "scales"))
                .addNode(add)
                .addAllInitializer(Int8Weights.columns(graph.getInitializer(0)))
                .removeInitializer(0);
        return model.build();
    }

    /** How far the first row's results move when the outlier joins its batch. */
    private static double moved(ModelProto model, float[] alone, float[] withOutlier) throws Exception {
        float[] before = SmallGraphs.run(model, alone, 1);
        float[] after = Arrays.copyOf(SmallGraphs.run(model, withOutlier, 2), OUT);
        double largest = 0;
        for (int i = 0; i < OUT; i++) {
            largest = Math.max(largest, Math.abs(before[i] - after[i]));
        }
        return largest;
    }

    private static double meanDifference(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum / a.length;
    }

    private static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    private static List<String> names(ModelProto model) {
        return model.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .toList();
    }
}
