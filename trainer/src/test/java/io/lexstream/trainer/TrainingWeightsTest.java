package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingWeightsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    // Four rows of one file, one of another; in the first, three of label 0 and one of label 1.
    private static final int[] SOURCES = {0, 0, 0, 0, 1};
    private static final int[] LABELS = {0, 0, 0, 1, 1};

    @Test
    void byDefaultEveryRowCountsTheSame() {
        assertThat(new TrainingWeights(0, 0).of(SOURCES, LABELS)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void evenSourcesCountTheSameWhateverTheirSize() {
        assertThat(new TrainingWeights(1, 0).of(SOURCES, LABELS)).containsExactly(0.25, 0.25, 0.25, 0.25, 1);
    }

    @Test
    void halfEvenSourcesCountByTheRootOfTheirSize() {
        double[] weights = new TrainingWeights(0.5, 0).of(SOURCES, LABELS);

        assertThat(Arrays.stream(weights, 0, 4).sum()).isCloseTo(2, EXACT);
        assertThat(weights[4]).isCloseTo(1, EXACT);
    }

    @Test
    void evenLabelsCountTheSameInsideTheirSource() {
        double[] weights = new TrainingWeights(1, 1).of(SOURCES, LABELS);

        assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(weights[3], EXACT);
        assertThat(Arrays.stream(weights, 0, 4).sum()).isCloseTo(1, EXACT);
    }

    @Test
    void evennessIsAShare() {
        assertThatThrownBy(() -> new TrainingWeights(1.5, 0))
                .hasMessageContaining("source evenness")
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new TrainingWeights(0, Double.NaN)).hasMessageContaining("label evenness");
    }
}
