package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftmaxLossTest {
    private static final int LABELS = 3;

    @Test
    void theGradientIsWhatFiniteDifferencesSay() {
        SplittableRandom random = new SplittableRandom(5);
        SoftmaxLoss loss = new SoftmaxLoss(randomExamples(random, 40, 7), LABELS, 0.3);
        double[] point = random.doubles(loss.parameters(), -1, 1).toArray();
        double[] gradient = new double[point.length];
        loss.evaluate(point, gradient);

        double step = 1e-5;
        for (int i = 0; i < point.length; i++) {
            double[] unused = new double[point.length];
            double[] right = point.clone();
            right[i] += step;
            double[] left = point.clone();
            left[i] -= step;
            double slope = (loss.evaluate(right, unused) - loss.evaluate(left, unused)) / (2 * step);
            assertThat(gradient[i]).as("parameter %d", i).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void withoutWeightsEveryLabelIsEquallyLikely() {
        boolean[][] all = {{true, true}};
        Examples examples = new Examples(
                List.of(new float[] {1}, new float[] {2}), new int[] {0, 1}, new int[2], new double[] {1, 3}, all);
        SoftmaxLoss loss = new SoftmaxLoss(examples, 2, 10);
        double[] gradient = new double[4];

        double value = loss.evaluate(new double[4], gradient);

        // Errors (p - 1, p) are -+0.5 at weight 1/4 for x = 1 and +-0.5 at weight 3/4 for x = 2.
        assertThat(value).isCloseTo(Math.log(2), within(1e-12));
        assertThat(gradient).containsExactly(-0.125 + 0.75, 0.125 - 0.75, -0.125 + 0.375, 0.125 - 0.375);
    }

    @Test
    void aRowSaysNothingAboutALabelThatItsSourceNeverNames() {
        boolean[][] possible = {{true, true, false}};
        Examples examples =
                new Examples(List.of(new float[] {1}), new int[] {0}, new int[1], new double[] {1}, possible);
        double[] gradient = new double[6];

        double value = new SoftmaxLoss(examples, LABELS, 0).evaluate(new double[] {0, 0, 5, 0, 0, 5}, gradient);

        assertThat(value).isCloseTo(Math.log(2), within(1e-12));
        assertThat(gradient).containsExactly(-0.5, 0.5, 0, -0.5, 0.5, 0);
    }

    private static Examples randomExamples(SplittableRandom random, int rows, int dimensions) {
        List<float[]> features = new ArrayList<>();
        int[] labels = new int[rows];
        int[] sources = new int[rows];
        double[] weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            float[] vector = new float[dimensions];
            for (int i = 0; i < dimensions; i++) {
                vector[i] = (float) random.nextDouble(-2, 2);
            }
            features.add(vector);
            sources[row] = row % 2;
            labels[row] = random.nextInt(sources[row] == 0 ? LABELS : 2); // the second source knows two labels
            weights[row] = random.nextDouble(0.1, 2);
        }
        return new Examples(
                features, labels, sources, weights, new boolean[][] {{true, true, true}, {true, true, false}});
    }
}
