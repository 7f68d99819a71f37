package io.lexstream.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightPathTest {
    @Test
    void leadsStraightFromTheStartToTheEnd() {
        WeightPath path = new WeightPath(Map.of("w", new float[] {1, -2}), Map.of("w", new float[] {3, -2}));

        assertThat(path.at(0).get("w")).containsExactly(1, -2);
        assertThat(path.at(0.5).get("w")).containsExactly(2, -2);
        assertThat(path.at(1).get("w")).containsExactly(3, -2);
    }

    @Test
    void isRefusedBetweenTensorsOfUnequalSize() {
        WeightPath path = new WeightPath(Map.of("w", new float[] {1}), Map.of("w", new float[] {3, -2}));

        assertThatThrownBy(() -> path.at(0.5)).hasMessageContaining("w");
    }
}
