package io.lexstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCheckTest {
    private static final byte[] HEAD = HeadGraph.linear(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[] {0, 0});

    @TempDir
    Path directory;

    @Test
    void aSoundGraphHasNoProblem() throws Exception {
        assertThat(GraphCheck.problem(write(HEAD))).isEmpty();
    }

    @Test
    void aTruncatedFileIsNamedAsSuch() throws Exception {
        assertThat(GraphCheck.problem(write(Arrays.copyOf(HEAD, HEAD.length / 2))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("truncated"));
    }

    @Test
    void aFileThatIsNoGraphIsRefused() throws Exception {
        assertThat(GraphCheck.problem(write(new byte[0]))).contains("it has no graph");
        assertThat(GraphCheck.problem(write("hello, world".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isPresent();
    }

    @Test
    void dataOutsideTheFileIsRefused() throws Exception {
        ModelProto.Builder model = ModelProto.parseFrom(HEAD).toBuilder();
        model.getGraphBuilder()
                .getInitializerBuilder(0)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../secrets"));

        assertThat(GraphCheck.problem(write(model.build().toByteArray())))
                .hasValueSatisfying(problem -> assertThat(problem).contains("another file"));
    }

    @Test
    void aTensorThatClaimsMoreThanItHoldsIsRefused() throws Exception {
        ModelProto.Builder bomb = ModelProto.parseFrom(HEAD).toBuilder();
        bomb.getGraphBuilder().getInitializerBuilder(0).setDims(0, Long.MAX_VALUE / 2);
        ModelProto.Builder liar = ModelProto.parseFrom(HEAD).toBuilder();
        liar.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1000);

        assertThat(GraphCheck.problem(write(bomb.build().toByteArray()))).isPresent();
        assertThat(GraphCheck.problem(write(liar.build().toByteArray()))).isPresent();
    }

    private Path write(byte[] content) throws Exception {
        return Files.write(directory.resolve("graph.onnx"), content);
    }
}
