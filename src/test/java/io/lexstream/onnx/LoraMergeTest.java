package io.lexstream.onnx;

import static io.lexstream.onnx.SmallGraphs.node;
import static io.lexstream.onnx.SmallGraphs.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoraMergeTest {
    private static final int IN = 6;
    private static final int OUT = 4;
    private static final int RANK = 2;
    private static final int ROWS = 3;
    private static final float SCALE = 0.5f;

    private final float[] weight = random(IN * OUT, 1);
    private final float[] bias = random(OUT, 2);
    private final float[] a = random(IN * RANK, 3);
    private final float[] b = random(RANK * OUT, 4);
    private final ModelProto base = SmallGraphs.linear(weight, IN, OUT, bias);

    @Test
    void theMergedGraphGivesWhatTheUnmergedOneWouldGive() throws Exception {
        float[] features = random(ROWS * IN, 5);

        ModelProto merged = LoraMerge.merge(base, adapter("w", new LoraAdapter.Pair(IN, OUT, a, b)));

        float[] low = product(features, a, ROWS, IN, RANK);
        float[] change = product(low, b, ROWS, RANK, OUT);
        float[] expected = SmallGraphs.run(base, features, ROWS);
        for (int i = 0; i < expected.length; i++) {
            expected[i] += SCALE * change[i];
        }
        assertThat(SmallGraphs.run(merged, features, ROWS)).containsExactly(expected, within(1e-5f));
        assertThat(SmallGraphs.run(base, features, ROWS)[0]).isNotCloseTo(expected[0], within(1e-3f));
    }

    @Test
    void mergingTwiceGivesTheSameBytes() throws Exception {
        LoraAdapter adapter = adapter("w", new LoraAdapter.Pair(IN, OUT, a, b));

        assertThat(LoraMerge.merge(base, adapter).toByteArray())
                .isEqualTo(LoraMerge.merge(base, adapter).toByteArray());
    }

    @Test
    void aPairWithoutItsWeightIsRefused() {
        assertRefused(base, adapter("other", new LoraAdapter.Pair(IN, OUT, a, b)), "does not have: other");
    }

    @Test
    void aPairForAnotherShapeIsRefused() {
        assertRefused(base, adapter("w", new LoraAdapter.Pair(OUT, IN, b, a)), "made for float [4, 6]");
        assertRefused(base, adapter("bias", new LoraAdapter.Pair(1, OUT, random(RANK, 6), b)), "the weight is [4]");
    }

    @Test
    void aWeightThatServesAnotherPurposeTooIsRefused() {
        ModelProto.Builder shared = base.toBuilder();
        shared.getGraphBuilder().addNode(node("Identity", "copy", "w"));

        assertRefused(shared.build(), adapter("w", new LoraAdapter.Pair(IN, OUT, a, b)), "which Identity n_copy uses");
    }

    private static void assertRefused(ModelProto base, LoraAdapter adapter, String reason) {
        assertThatThrownBy(() -> LoraMerge.merge(base, adapter))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(reason);
    }

    private static LoraAdapter adapter(String weight, LoraAdapter.Pair pair) {
        return new LoraAdapter("0".repeat(64), RANK, SCALE, Map.of(weight, pair));
    }

    private static float[] product(float[] x, float[] y, int rows, int inner, int columns) {
        float[] product = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    product[i * columns + j] += x[i * inner + k] * y[k * columns + j];
                }
            }
        }
        return product;
    }
}
