package io.lexstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphJoinTest {
    private static final Seq2SeqShape SHAPE = new Seq2SeqShape(300, 6, 2, 8, 0, 1, 16, false);

    @Test
    void theStatesAfterSomeBlocksAreWhatTheNextBlockReads() throws Exception {
        assertThat(BaseStates.after(1, encoder())).isEqualTo(new BaseStates("/layer.0/out", 4));
        assertThat(BaseStates.after(2, encoder())).isEqualTo(new BaseStates("states", 4));
        assertThat(BaseStates.after(0, encoder())).as("all").isEqualTo(new BaseStates("states", 4));
        assertThatThrownBy(() -> BaseStates.after(3, encoder()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("has 2 blocks, wanted are 3");
    }

    @Test
    void anEncoderThatIsCutLeavesItsUpperBlocksBehind() throws Exception {
        GraphProto cut =
                GraphJoin.cut(encoder(), BaseStates.after(1, encoder())).getGraph();

        assertThat(cut.getOutputList()).extracting(ValueInfoProto::getName).containsExactly("/layer.0/out");
        assertThat(cut.getInitializerList()).extracting(TensorProto::getName).containsExactly("words", "types", "w0");
    }

    @Test
    void whatReadsTheStatesGoesBehindTheEncoder() throws Exception {
        ModelProto behind = behind(BaseStates.after(1, encoder()));

        ModelProto joined = GraphJoin.ofOneTokenType(GraphJoin.join(encoder(), behind));

        assertThat(joined.getGraph().getInputList())
                .as("token types are made, states are made, the mask is not read")
                .extracting(ValueInfoProto::getName)
                .containsExactly("input_ids");
        assertThat(joined.getGraph().getOutputList())
                .isEqualTo(behind.getGraph().getOutputList());
        assertThat(joined.getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .contains("w0", "bridge.weight")
                .doesNotContain("w1");
        assertThat(Nodes.opset(joined)).isEqualTo(11);
    }

    @Test
    void graphsThatHaveNothingToDoWithEachOtherAreNotJoined() {
        assertThatThrownBy(() -> GraphJoin.join(encoder(), behind(new BaseStates("elsewhere", 4))))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("reads nothing that the first one makes");
        assertThatThrownBy(() -> GraphJoin.join(encoder(), encoder()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("both graphs have a value");
    }

    @Test
    void aModelHasAnEncoderOfItsOwnOrAnotherOne() {
        Optional<BaseStates> states = Optional.of(new BaseStates("states", 4));
        Seq2SeqShape whole = new Seq2SeqShape(300, 6, 2, 8, 1, 1, 16, false);

        assertThatThrownBy(() -> new Seq2SeqBuilder(SHAPE, Seq2SeqWeights.fresh(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Seq2SeqBuilder(whole, Seq2SeqWeights.fresh(1), states))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ModelProto behind(BaseStates states) {
        return new Seq2SeqBuilder(SHAPE, Seq2SeqWeights.fresh(1), Optional.of(states)).encoder();
    }

    /** Two blocks of a linear layer each, as an exporter names them. */
    private static ModelProto encoder() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("encoder");
        for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
            graph.addInput(value(input, DataType.INT64, 2));
        }
        graph.addInitializer(Tensors.floats("words", new float[40], 10, 4));
        graph.addInitializer(Tensors.floats("types", new float[8], 2, 4));
        graph.addInitializer(Tensors.floats("w0", new float[16], 4, 4));
        graph.addInitializer(Tensors.floats("w1", new float[16], 4, 4));
        graph.addNode(gather("of.words", "words", "input_ids"));
        graph.addNode(gather("of.types", "types", "token_type_ids"));
        graph.addNode(Nodes.node("Add", "embedded", "of.words", "of.types"));
        graph.addNode(Nodes.node("MatMul", "/layer.0/dense/MatMul", "embedded", "w0"));
        graph.addNode(Nodes.node("Relu", "/layer.0/out", "/layer.0/dense/MatMul"));
        graph.addNode(Nodes.node("MatMul", "/layer.1/dense/MatMul", "/layer.0/out", "w1"));
        graph.addNode(Nodes.node("Relu", "states", "/layer.1/dense/MatMul"));
        graph.addOutput(value("states", DataType.FLOAT, 3));
        return ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(11))
                .setGraph(graph)
                .build();
    }

    private static NodeProto gather(String output, String table, String ids) {
        return Nodes.node("Gather", output, table, ids);
    }

    private static ValueInfoProto value(String name, DataType type, int rank) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            shape.addDim(
                    i == 2
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(4)
                            : TensorShapeProto.Dimension.newBuilder().setDimParam("d" + i));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
