package io.lexstream.trainer.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.onnx.Nodes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of positions, as exporters of relative attention leave it in a graph. */
class WholeNumbersTest {
    private static final HostTensor ROW = new HostTensor(new long[] {0, 1, 2}, new long[] {1, 3});
    private static final HostTensor COLUMN = new HostTensor(new long[] {0, 1}, new long[] {2, 1});

    private static HostTensor run(NodeProto node, HostTensor... inputs) {
        return HostOperators.run(GraphNode.of(node), List.of(inputs));
    }

    private static HostTensor run(String op, HostTensor... inputs) {
        return run(Nodes.node(op, "y", "x"), inputs);
    }

    private static HostTensor scalar(long value) {
        return new HostTensor(new long[] {value}, new long[0]);
    }

    @Test
    void aRowAndAColumnMakeAMatrix() {
        HostTensor distance = run("Sub", ROW, COLUMN);

        assertThat(distance.shape()).containsExactly(2, 3);
        assertThat(distance.values()).containsExactly(0, 1, 2, -1, 0, 1);
        assertThat(run("Clip", distance, scalar(0), scalar(1)).values()).containsExactly(0, 1, 1, 0, 0, 1);
        assertThat(run("Abs", distance).values()).containsExactly(0, 1, 2, 1, 0, 1);
        assertThat(run("Neg", distance).values()).containsExactly(0, -1, -2, 1, 0, -1);
        assertThat(run("Min", distance, scalar(0)).values()).containsExactly(0, 0, 0, -1, 0, 0);
        assertThat(run("Max", distance, scalar(0)).values()).containsExactly(0, 1, 2, 0, 0, 1);
    }

    @Test
    void comparisonsGiveOnesAndZeros() {
        assertThat(run("Less", ROW, COLUMN).values()).containsExactly(0, 0, 0, 1, 0, 0);
        assertThat(run("LessOrEqual", ROW, COLUMN).values()).containsExactly(1, 0, 0, 1, 1, 0);
        assertThat(run("Greater", ROW, COLUMN).values()).containsExactly(0, 1, 1, 0, 0, 1);
        assertThat(run("GreaterOrEqual", ROW, COLUMN).values()).containsExactly(1, 1, 1, 0, 1, 1);
        HostTensor equal = run("Equal", ROW, COLUMN);
        assertThat(equal.values()).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(run("Not", equal).values()).containsExactly(0, 1, 1, 1, 0, 1);
        assertThat(run("Or", equal, run("Less", ROW, COLUMN)).values()).containsExactly(1, 0, 0, 1, 1, 0);
        assertThat(run("And", equal, run("Less", ROW, COLUMN)).values()).containsOnly(0);
        assertThat(run("Where", equal, scalar(7), ROW).values()).containsExactly(7, 1, 2, 0, 7, 2);
        assertThat(run(Nodes.cast("y", "x", TensorProto.DataType.BOOL), ROW).values())
                .containsExactly(0, 1, 1);
    }

    @Test
    void dimensionsComeAndGo() {
        assertThat(run("Squeeze", ROW).shape()).containsExactly(3);
        assertThat(run("Squeeze", new HostTensor(new long[] {5}, new long[] {1, 1}), HostTensor.vector(0))
                        .shape())
                .containsExactly(1);
        assertThat(run("Expand", ROW, HostTensor.vector(2, 1)).values()).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> run("Add", HostTensor.vector(1, 2), HostTensor.vector(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2] and [3]");
    }
}
