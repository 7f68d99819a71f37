package io.lexstream.trainer;

import io.lexstream.onnx.Tensors;
import java.util.List;

/**
 * Logits as linear functions of features: what is served, in float32 as it will be.
 *
 * @param labels the labels in the order of the logits
 * @param weights by feature, then by label
 * @param bias by label
 */
public record LinearHead(List<String> labels, float[][] weights, float[] bias) {
    public LinearHead {
        labels = List.copyOf(labels);
        if (bias.length != labels.size() || weights.length == 0 || weights[0].length != labels.size()) {
            throw new IllegalArgumentException(
                    "%d labels, %d biases, %d features".formatted(labels.size(), bias.length, weights.length));
        }
    }

    double[] probabilities(float[] features) {
        double[] logits = new double[labels.size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = bias[label];
        }
        for (int i = 0; i < features.length; i++) {
            for (int label = 0; label < logits.length; label++) {
                logits[label] += (double) weights[i][label] * features[i];
            }
        }
        Softmax.inPlace(logits);
        return logits;
    }

    /** The same head with the label's logit moved by {@code shift}. */
    LinearHead shifted(int label, double shift) {
        float[] moved = bias.clone();
        moved[label] += (float) shift;
        return new LinearHead(labels, weights, moved);
    }

    /**
     * The head between this and another for the same labels.
     *
     * @param share 0: this, 1: the other
     */
    LinearHead toward(LinearHead other, double share) {
        if (!labels.equals(other.labels) || weights.length != other.weights.length) {
            throw new IllegalArgumentException("the heads are for " + labels + " and " + other.labels);
        }
        float[][] between = new float[weights.length][];
        for (int feature = 0; feature < between.length; feature++) {
            between[feature] = Tensors.between(weights[feature], other.weights[feature], share);
        }
        return new LinearHead(labels, between, Tensors.between(bias, other.bias, share));
    }
}
