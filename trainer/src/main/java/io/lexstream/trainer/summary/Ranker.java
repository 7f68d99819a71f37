package io.lexstream.trainer.summary;

import io.lexstream.onnx.HeadGraph;
import io.lexstream.summary.Selection;
import io.lexstream.summary.SummarySettings;
import io.lexstream.trainer.LinearHead;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores sentences: one logit, a linear function of their features.
 *
 * @param weights by feature
 */
record Ranker(float[] weights, float bias) {
    /** Labels of the regression that a ranker comes of. */
    static final List<String> LABELS = List.of("left out", "quoted");

    /** Of two logits only their difference matters. */
    static Ranker of(LinearHead head) {
        float[] weights = new float[head.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = head.weights()[i][1] - head.weights()[i][0];
        }
        return new Ranker(weights, head.bias()[1] - head.bias()[0]);
    }

    /** Probability that each sentence is quoted. */
    double[] worth(List<float[]> features) {
        return features.stream().mapToDouble(this::worth).toArray();
    }

    private double worth(float[] features) {
        double logit = bias;
        for (int i = 0; i < weights.length; i++) {
            logit += (double) weights[i] * features[i];
        }
        return 1 / (1 + Math.exp(-logit));
    }

    /** The summary that the served model will make. */
    String summary(ReadText text, SummarySettings settings) {
        return text.passage().quote(chosen(text, settings));
    }

    /** Numbers of the sentences that the served model will quote: all of a text that is its own summary. */
    List<Integer> chosen(ReadText text, SummarySettings settings) {
        return Selection.isShort(text.passage(), settings)
                ? IntStream.range(0, text.features().size()).boxed().toList()
                : Selection.of(text.passage(), text.embeddings(), worth(text.features()), settings);
    }

    /** An ONNX graph: features [rows, dimensions] to logits [rows, 1]. */
    byte[] graph() {
        float[][] column = new float[weights.length][1];
        for (int i = 0; i < weights.length; i++) {
            column[i][0] = weights[i];
        }
        return HeadGraph.linear(column, new float[] {bias});
    }
}
