package io.lexstream.trainer;

/** Logits to probabilities. */
final class Softmax {
    private Softmax() {}

    /** Subtracts the largest logit first, so that no exponential overflows. */
    static void inPlace(double[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.exp(logits[i] - max);
            sum += logits[i];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= sum;
        }
    }
}
