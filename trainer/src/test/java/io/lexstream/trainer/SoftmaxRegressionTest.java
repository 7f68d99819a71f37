package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftmaxRegressionTest {
    private static final List<String> LABELS = List.of("left", "right");

    @Test
    void separatesWhatIsSeparable() {
        Examples train = labelled(1000, 1, (x, y) -> x > y ? 1 : 0);
        Examples dev = labelled(500, 2, (x, y) -> x > y ? 1 : 0);

        LinearHead head = fit(train, dev, 1e-6).head();

        assertThat(accuracy(head, dev)).isGreaterThan(0.99);
    }

    @Test
    void findsTheProbabilitiesThatMadeTheData() {
        // P(right) = sigmoid(2x - y + 0.5)
        SplittableRandom coin = new SplittableRandom(3);
        RowLabel noisy = (x, y) -> coin.nextDouble() < 1 / (1 + Math.exp(-(2 * x - y + 0.5))) ? 1 : 0;
        Examples train = labelled(40_000, 1, noisy);

        LinearHead head = fit(train, labelled(5_000, 2, noisy), 0).head();

        assertThat(head.weights()[0][1] - head.weights()[0][0]).isCloseTo(2f, within(0.1f));
        assertThat(head.weights()[1][1] - head.weights()[1][0]).isCloseTo(-1f, within(0.1f));
        assertThat(head.bias()[1] - head.bias()[0]).isCloseTo(0.5f, within(0.1f));
    }

    @Test
    void theScaleAndOffsetOfFeaturesDoNotMatter() {
        Examples train = labelled(500, 1, (x, y) -> x + y > 0.3 ? 1 : 0);
        Examples dev = labelled(200, 2, (x, y) -> x + y > 0.3 ? 1 : 0);

        LinearHead head = fit(train, dev, 1e-2).head();
        LinearHead moved = fit(moved(train), moved(dev), 1e-2).head();

        List<float[]> movedRows = moved(dev).features();
        for (int row = 0; row < dev.size(); row++) {
            assertThat(moved.probabilities(movedRows.get(row))[1])
                    .isCloseTo(head.probabilities(dev.features().get(row))[1], within(0.01));
        }
    }

    @Test
    void stopsBeforeItLearnsNoiseByHeart() {
        // 60 rows of 40 features, of which only the first means anything: fitted to the end, it knows every row.
        Examples train = noisy(60, 40, 1);
        Examples dev = noisy(400, 40, 2);

        SoftmaxRegression.Fit stopped = fit(train, dev, 0);

        assertThat(stopped.trainLoss()).isGreaterThan(0.01);
        assertThat(stopped.devLoss()).isLessThan(Math.log(2));
        assertThat(accuracy(stopped.head(), dev)).isGreaterThan(0.6);
    }

    @Test
    void theSameExamplesGiveTheSameHead() {
        Examples train = noisy(200, 10, 1);
        Examples dev = noisy(100, 10, 2);

        LinearHead first = fit(train, dev, 1e-3).head();
        LinearHead second = fit(train, dev, 1e-3).head();

        assertThat(first.weights()).isDeepEqualTo(second.weights());
        assertThat(first.bias()).containsExactly(second.bias());
    }

    @Test
    void aFeatureThatNeverChangesGetsNoWeight() {
        Examples train = withConstant(labelled(300, 1, (x, y) -> x > 0 ? 1 : 0));
        Examples dev = withConstant(labelled(100, 2, (x, y) -> x > 0 ? 1 : 0));

        LinearHead head = fit(train, dev, 1e-3).head();

        assertThat(head.weights()[2]).containsExactly(0, 0);
    }

    @Test
    void theThresholdMovesToWhereTheLabelsAreToldApart() {
        // The head says "right" from 0 up; the development rows turn at 2.
        LinearHead head = new LinearHead(LABELS, new float[][] {{0, 1}}, new float[] {0, 0});
        List<float[]> rows = new ArrayList<>();
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            rows.add(new float[] {i / 10f});
            labels[i] = i / 10f > 2 ? 1 : 0;
        }
        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        Examples dev = new Examples(rows, labels, new int[40], ones, new boolean[][] {{true, true}});

        double shift = ThresholdCalibration.bestShift(head, dev);

        assertThat(shift).isBetween(-2.1, -2.0);
        assertThat(accuracy(head.shifted(1, shift), dev)).isEqualTo(1);
    }

    private interface RowLabel {
        int of(double x, double y);
    }

    private static SoftmaxRegression.Fit fit(Examples train, Examples dev, double penalty) {
        return new SoftmaxRegression(LABELS, penalty, 300, Progress.silent()).fit(train, dev);
    }

    private static double accuracy(LinearHead head, Examples examples) {
        int hits = 0;
        for (int row = 0; row < examples.size(); row++) {
            double[] probabilities = head.probabilities(examples.features().get(row));
            hits += (probabilities[1] > probabilities[0] ? 1 : 0) == examples.labels()[row] ? 1 : 0;
        }
        return hits / (double) examples.size();
    }

    private static Examples labelled(int rows, long seed, RowLabel label) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> features = new ArrayList<>();
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double x = random.nextDouble(-2, 2);
            double y = random.nextDouble(-2, 2);
            features.add(new float[] {(float) x, (float) y});
            labels[row] = label.of(x, y);
        }
        return examples(features, labels);
    }

    private static Examples noisy(int rows, int dimensions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> features = new ArrayList<>();
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            float[] vector = new float[dimensions];
            for (int i = 0; i < dimensions; i++) {
                vector[i] = (float) random.nextDouble(-1, 1);
            }
            features.add(vector);
            labels[row] = random.nextDouble() < (vector[0] > 0 ? 0.9 : 0.1) ? 1 : 0;
        }
        return examples(features, labels);
    }

    private static Examples moved(Examples examples) {
        return examples.withFeatures(examples.features().stream()
                .map(row -> new float[] {row[0] * 100 + 7, row[1] / 50 - 3})
                .toList());
    }

    private static Examples withConstant(Examples examples) {
        return examples.withFeatures(examples.features().stream()
                .map(row -> new float[] {row[0], row[1], 4})
                .toList());
    }

    private static Examples examples(List<float[]> features, int[] labels) {
        double[] ones = new double[labels.length];
        Arrays.fill(ones, 1);
        return new Examples(features, labels, new int[labels.length], ones, new boolean[][] {{true, true}});
    }
}
