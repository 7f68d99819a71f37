package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;

/** Gives each text one of its labels: softmax over the logits, averaged over the text's windows. */
public final class SequenceClassifier implements TextModel {
    private final String name;
    private final List<String> labels;
    private final LogitModel model;

    /** Takes ownership of {@code model}, which gives one logit a label. */
    SequenceClassifier(String name, List<String> labels, LogitModel model) {
        this.name = name;
        this.labels = List.copyOf(labels);
        this.model = model;
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return model.lengths(texts);
    }

    @Override
    public List<Classification> run(TextBatch texts) {
        List<Classification> classifications = new ArrayList<>(texts.size());
        for (LogitModel.TextLogits text : model.logits(texts)) {
            classifications.add(Classification.of(
                            labels,
                            probabilities(text),
                            text.truncated(),
                            text.windows().size())
                    .withTokens(text.tokens(), text.unknownTokens()));
        }
        return classifications;
    }

    @Override
    public void close() {
        model.close();
    }

    private double[] probabilities(LogitModel.TextLogits text) {
        double[] mean = new double[labels.size()];
        for (float[] logits : text.windows()) {
            if (logits.length != labels.size()) {
                throw new InferenceException(name + ": " + logits.length + " logits for " + labels.size() + " labels");
            }
            addSoftmax(logits, mean, 1.0 / text.windows().size());
        }
        return mean;
    }

    private void addSoftmax(float[] logits, double[] sum, double weight) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new InferenceException(name + ": a logit is " + logit);
            }
            max = Math.max(max, logit);
        }
        double total = 0;
        for (float logit : logits) {
            total += Math.exp(logit - max);
        }
        for (int i = 0; i < logits.length; i++) {
            sum[i] += weight * Math.exp(logits[i] - max) / total;
        }
    }
}
