package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.StoredWeights;
import io.lexstream.onnx.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that several graphs have, under names that exporters change. */
class ServedGraphsTest {
    private static final String BIAS = "decoder.0.ffn.in.bias";
    private static final String MATRIX = "decoder.0.ffn.in.weight";

    @TempDir
    Path folder;

    @Test
    void aWeightIsFoundByItsContentWhereItHasAnotherName() throws Exception {
        Seq2SeqFiles files = write(Seq2SeqLayout.WITH_PAST);
        edit(files.decoderWithPast().orElseThrow(), graph -> renamed(graph, "onnx::"));
        float[] sevens = sevens(files.decoder(), MATRIX);

        ServedGraphs changed = ServedGraphs.read(files).with(Map.of("decoder/" + MATRIX, sevens));

        assertThat(values(changed.decoder(), MATRIX)).isEqualTo(sevens);
        assertThat(values(changed.decoderWithPast().orElseThrow(), "onnx::" + MATRIX))
                .isEqualTo(sevens);
        assertThat(values(changed.decoder(), BIAS)).isEqualTo(values(GraphFile.read(files.decoder()), BIAS));
    }

    @Test
    void theTableThatBothSidesHaveIsOneWeight() throws Exception {
        Seq2SeqFiles files = write(Seq2SeqLayout.PLAIN);
        float[] sevens = sevens(files.encoder(), "shared");

        ServedGraphs graphs = ServedGraphs.read(files);
        ServedGraphs changed = graphs.with(Map.of("encoder/shared", sevens));

        assertThat(graphs.training().getInitializerList())
                .extracting(TensorProto::getName)
                .contains("encoder/shared")
                .doesNotContain("decoder/shared");
        assertThat(values(changed.encoder(), "shared")).isEqualTo(sevens);
        assertThat(values(changed.decoder(), "shared")).isEqualTo(sevens);
    }

    @Test
    void zerosOfAnotherNameCannotBeFoundAndStay() throws Exception {
        Seq2SeqFiles files = write(Seq2SeqLayout.WITH_PAST);
        edit(files.decoder(), graph -> zero(graph, BIAS));
        edit(files.decoderWithPast().orElseThrow(), graph -> zero(graph, BIAS));
        assertThat(ServedGraphs.read(files).fixed()).isEmpty();

        edit(files.decoderWithPast().orElseThrow(), graph -> renamed(graph, "onnx::"));

        assertThat(ServedGraphs.read(files).fixed()).containsExactly("decoder/" + BIAS);
    }

    @Test
    void aDecoderWithPastOfAnotherModelIsRefused() throws Exception {
        Seq2SeqFiles files = write(Seq2SeqLayout.WITH_PAST);
        Seq2SeqFiles other =
                new TinySeq2Seq(TinyTransformer.Shape.BART, 34).write(folder.resolve("other"), Seq2SeqLayout.WITH_PAST);
        Files.copy(
                other.decoderWithPast().orElseThrow(),
                files.decoderWithPast().orElseThrow(),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> ServedGraphs.read(files))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("decoder with a past has the weight")
                .hasMessageContaining("cannot be trained as one");
    }

    @Test
    void whatBothBranchesOfAMergedDecoderReadIsChangedOnce() throws Exception {
        Seq2SeqFiles files = write(Seq2SeqLayout.MERGED);
        float[] sevens = sevens(files.decoder(), MATRIX);

        ServedGraphs changed = ServedGraphs.read(files).with(Map.of("decoder/" + MATRIX, sevens));

        assertThat(values(changed.decoder(), MATRIX)).isEqualTo(sevens);
        assertThat(changed.decoder().getGraph().getNodeList())
                .isEqualTo(GraphFile.read(files.decoder()).getGraph().getNodeList());
    }

    private Seq2SeqFiles write(Seq2SeqLayout layout) throws Exception {
        return new TinySeq2Seq(TinyTransformer.Shape.BART, 33).write(folder.resolve("model"), layout);
    }

    private static float[] sevens(Path graph, String name) throws Exception {
        float[] values = values(GraphFile.read(graph), name);
        Arrays.fill(values, 7);
        values[0] = 8;
        return values;
    }

    private static float[] values(ModelProto model, String name) {
        return Tensors.floats(StoredWeights.of(model).stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private static void edit(Path file, UnaryOperator<GraphProto> change) throws Exception {
        ModelProto model = GraphFile.read(file);
        Files.write(
                file,
                model.toBuilder()
                        .setGraph(change.apply(model.getGraph()))
                        .build()
                        .toByteArray());
    }

    private static GraphProto renamed(GraphProto graph, String prefix) {
        Map<String, String> names = new HashMap<>();
        GraphProto.Builder result = graph.toBuilder().clearInitializer().clearNode();
        for (TensorProto tensor : graph.getInitializerList()) {
            names.put(tensor.getName(), prefix + tensor.getName());
            result.addInitializer(tensor.toBuilder().setName(prefix + tensor.getName()));
        }
        for (NodeProto node : graph.getNodeList()) {
            List<String> inputs = node.getInputList().stream()
                    .map(input -> names.getOrDefault(input, input))
                    .toList();
            result.addNode(node.toBuilder().clearInput().addAllInput(inputs));
        }
        return result.build();
    }

    private static GraphProto zero(GraphProto graph, String name) {
        GraphProto.Builder result = graph.toBuilder().clearInitializer();
        for (TensorProto tensor : graph.getInitializerList()) {
            float[] zeros = new float[tensor.getName().equals(name) ? Tensors.floats(tensor).length : 0];
            result.addInitializer(zeros.length == 0 ? tensor : Tensors.floats(name, zeros, tensor.getDims(0)));
        }
        return result.build();
    }
}
