package io.lexstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphFileTest {
    private static final byte[] HEAD = HeadGraph.linear(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[] {0, 0});

    @TempDir
    Path directory;

    @Test
    void aSoundGraphIsRead() throws Exception {
        assertThat(GraphFile.read(write(HEAD)).getGraph().getNodeCount()).isEqualTo(1);
    }

    @Test
    void aTruncatedFileIsNamedAsSuch() throws Exception {
        assertRefused(Arrays.copyOf(HEAD, HEAD.length / 2), "truncated");
    }

    @Test
    void aFileThatIsNoGraphIsRefused() throws Exception {
        assertRefused(new byte[0], "it has no graph");
        assertRefused("hello, world".getBytes(StandardCharsets.UTF_8), "");
    }

    @Test
    void dataOutsideTheFileIsRefused() throws Exception {
        ModelProto.Builder model = ModelProto.parseFrom(HEAD).toBuilder();
        model.getGraphBuilder()
                .getInitializerBuilder(0)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../secrets"));

        assertRefused(model.build().toByteArray(), "another file");
    }

    @Test
    void aTensorThatClaimsMoreThanItHoldsIsRefused() throws Exception {
        ModelProto.Builder bomb = ModelProto.parseFrom(HEAD).toBuilder();
        bomb.getGraphBuilder().getInitializerBuilder(0).setDims(0, Long.MAX_VALUE / 2);
        ModelProto.Builder liar = ModelProto.parseFrom(HEAD).toBuilder();
        liar.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1000);

        assertRefused(bomb.build().toByteArray(), "claims the dimensions");
        assertRefused(liar.build().toByteArray(), "claims 2000 floats");
    }

    private void assertRefused(byte[] content, String reason) throws Exception {
        Path file = write(content);
        assertThatThrownBy(() -> GraphFile.read(file))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(reason);
    }

    private Path write(byte[] content) throws Exception {
        return Files.write(directory.resolve("graph.onnx"), content);
    }
}
