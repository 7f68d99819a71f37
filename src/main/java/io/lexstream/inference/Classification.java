package io.lexstream.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The label of one text.
 *
 * @param label the label with the highest score
 * @param scores probability of every label in the model's order; they sum to 1
 * @param truncated whether a part of the text was not read
 * @param windows windows that the text was read in, their probabilities averaged
 * @param tokens tokens that were read, special ones included; 0 = not counted
 * @param unknownTokens how many of them the vocabulary does not have
 */
public record Classification(
        String label, Map<String, Double> scores, boolean truncated, int windows, int tokens, int unknownTokens)
        implements TextOutput {
    public Classification {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** As the canonical one; tokens not counted. */
    public Classification(String label, Map<String, Double> scores, boolean truncated, int windows) {
        this(label, scores, truncated, windows, 0, 0);
    }

    /** The classification that {@code probabilities}, one a label in order, amount to; tokens not counted. */
    public static Classification of(List<String> labels, double[] probabilities, boolean truncated, int windows) {
        Map<String, Double> scores = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < probabilities.length; i++) {
            scores.put(labels.get(i), probabilities[i]);
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return new Classification(labels.get(best), scores, truncated, windows);
    }

    /** The same, of a text that was read in so many tokens. */
    public Classification withTokens(int tokens, int unknownTokens) {
        return new Classification(label, scores, truncated, windows, tokens, unknownTokens);
    }

    @Override
    public String verdict() {
        return label;
    }

    /** Probability of the label. */
    public double confidence() {
        return Objects.requireNonNull(scores.get(label), label);
    }
}
