package io.lexstream.onnx;

import static io.lexstream.onnx.SmallGraphs.node;
import static io.lexstream.onnx.SmallGraphs.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What encoder-decoder graphs have besides: one table for embeddings and logits, and branches. */
class Int8ScopeTest {
    private static final int WORDS = 120;
    private static final int WIDTH = 64;

    private final float[] table = random(WORDS * WIDTH, 1);

    /** A word's embedding, times all words' embeddings. */
    private GraphProto.Builder tied(NodeProto... more) {
        return GraphProto.newBuilder()
                .addInitializer(Tensors.floats("table", table, WORDS, WIDTH))
                .addNode(Nodes.cast("ids", "features", TensorProto.DataType.INT64))
                .addNode(node("Gather", "rows", "table", "ids"))
                .addNode(node("Reshape", "states", "rows", "shape"))
                .addInitializer(Tensors.longs("shape", -1, WIDTH))
                .addNode(node("Transpose", "turned", "table").toBuilder()
                        .addAttribute(Nodes.attribute("perm", new long[] {1, 0})))
                .addNode(node("MatMul", "logits", "states", "turned"))
                .addAllNode(List.of(more))
                .addInput(Tensors.floatInfo("features", "rows", 1))
                .addOutput(Tensors.floatInfo("logits", "rows", WORDS));
    }

    @Test
    void aTableThatMakesTheLogitsTooIsInt8InBothPlaces() throws Exception {
        ModelProto model = SmallGraphs.model(tied());

        ModelProto int8 = Int8Graph.quantise(model);

        assertThat(operators(int8)).contains("MatMulIntegerToFloat").doesNotContain("MatMul", "Transpose");
        assertThat(names(int8)).doesNotContain("table");
        float[] words = {3, 77, 119};
        float[] exact = SmallGraphs.run(model, words, 3);
        float[] rounded = SmallGraphs.run(int8, words, 3);
        assertThat(rounded).containsExactly(exact, within(0.7f)); // the word itself has about 64
        assertThat(rounded).isNotEqualTo(exact);
    }

    @Test
    void aTransposedTableThatSomethingElseReadsStaysAFloat() throws Exception {
        ModelProto model = SmallGraphs.model(
                tied(node("Identity", "seen", "turned")).addOutput(Tensors.floatInfo("seen", "width", WORDS)));

        ModelProto int8 = Int8Graph.quantise(model);

        assertThat(operators(int8)).contains("MatMul", "Transpose");
        assertThat(names(int8)).contains("table");
        assertThat(SmallGraphs.run(int8, new float[] {5}, 1)).hasSize(WORDS);
    }

    @Test
    void branchesAreInt8AndShareTheirWeights() throws Exception {
        float[] weight = random(WIDTH * WIDTH, 2);
        ModelProto model = SmallGraphs.model(GraphProto.newBuilder()
                .addInitializer(Tensors.floats("w", weight, WIDTH, WIDTH))
                .addInitializer(Tensors.floats("zero", new float[1]))
                .addNode(node("ReduceSum", "sum", "features").toBuilder().addAttribute(Nodes.attribute("keepdims", 0)))
                .addNode(node("Greater", "positive", "sum", "zero"))
                .addNode(node("If", "logits", "positive").toBuilder()
                        .addAttribute(branch("then_branch", "Relu"))
                        .addAttribute(branch("else_branch", "Abs")))
                .addInput(Tensors.floatInfo("features", "rows", WIDTH))
                .addOutput(Tensors.floatInfo("logits", "rows", WIDTH)));

        ModelProto int8 = Int8Graph.quantise(model);

        assertThat(names(int8)).contains("w/int8").doesNotContain("w");
        for (AttributeProto branch : int8.getGraph().getNode(2).getAttributeList()) {
            assertThat(branch.getG().getInitializerCount()).isZero();
            assertThat(branch.getG().getNodeList())
                    .extracting(NodeProto::getOpType)
                    .contains("MatMulIntegerToFloat")
                    .doesNotContain("MatMul");
        }
        for (float sign : new float[] {1, -1}) {
            float[] features = new float[WIDTH];
            features[7] = sign;
            features[9] = sign / 2;
            float[] exact = SmallGraphs.run(model, features, 1);
            assertThat(SmallGraphs.run(int8, features, 1)).containsExactly(exact, within(0.05f));
            assertThat(exact).isNotEqualTo(new float[WIDTH]);
        }
    }

    /** The features times the weight outside, then {@code activation}. */
    private static AttributeProto branch(String name, String activation) {
        GraphProto graph = GraphProto.newBuilder()
                .setName(name)
                .addNode(node("MatMul", name + "/product", "features", "w"))
                .addNode(node(activation, name + "/logits", name + "/product"))
                .addOutput(Tensors.floatInfo(name + "/logits", "rows", WIDTH))
                .build();
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(graph)
                .build();
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
