package io.lexstream.trainer;

import java.util.Arrays;

/**
 * Weighted mean cross-entropy of multinomial logistic regression with an L2 penalty on the weights, not on the biases
 * (Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.3.4 and 4.3.2; gradient: equation 4.109).
 *
 * <p>A row is compared among the labels that are possible in its source.
 *
 * <p>Parameters: one weight vector a label, one after the other, then one bias a label.
 */
final class SoftmaxLoss implements Objective {
    private final Examples examples;
    private final int labels;
    private final double l2;
    private final double totalWeight;

    SoftmaxLoss(Examples examples, int labels, double l2) {
        this.examples = examples;
        this.labels = labels;
        this.l2 = l2;
        this.totalWeight = Arrays.stream(examples.weights()).sum();
    }

    @Override
    public int parameters() {
        return labels * (examples.dimensions() + 1);
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
        int dimensions = examples.dimensions();
        Arrays.fill(gradient, 0);
        double loss = 0;
        double[] probabilities = new double[labels];
        for (int row = 0; row < examples.size(); row++) {
            float[] features = examples.features().get(row);
            boolean[] possible = examples.possible()[examples.source()[row]];
            for (int label = 0; label < labels; label++) {
                probabilities[label] = possible[label]
                        ? point[labels * dimensions + label] + dot(point, label * dimensions, features)
                        : Double.NEGATIVE_INFINITY;
            }
            Softmax.inPlace(probabilities);
            int right = examples.labels()[row];
            double weight = examples.weights()[row] / totalWeight;
            loss -= weight * Math.log(Math.max(probabilities[right], Double.MIN_NORMAL));
            for (int label = 0; label < labels; label++) {
                if (possible[label]) {
                    double error = weight * (probabilities[label] - (label == right ? 1 : 0));
                    addScaled(gradient, label * dimensions, features, error);
                    gradient[labels * dimensions + label] += error;
                }
            }
        }
        for (int i = 0; i < labels * dimensions; i++) {
            loss += l2 / 2 * point[i] * point[i];
            gradient[i] += l2 * point[i];
        }
        return loss;
    }

    /** Four partial sums, as one would wait for every addition to end before the next begins. */
    static double dot(double[] weights, int offset, float[] features) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < features.length; i += 4) {
            a += weights[offset + i] * features[i];
            b += weights[offset + i + 1] * features[i + 1];
            c += weights[offset + i + 2] * features[i + 2];
            d += weights[offset + i + 3] * features[i + 3];
        }
        for (; i < features.length; i++) {
            a += weights[offset + i] * features[i];
        }
        return a + b + c + d;
    }

    private static void addScaled(double[] sums, int offset, float[] features, double scale) {
        for (int i = 0; i < features.length; i++) {
            sums[offset + i] += scale * features[i];
        }
    }
}
