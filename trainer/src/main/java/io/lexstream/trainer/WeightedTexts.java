package io.lexstream.trainer;

import java.util.Collections;
import java.util.List;

/**
 * Rows, and how much each of them counts.
 *
 * @param weights one a row, not negative
 */
public record WeightedTexts(LabeledTexts texts, List<Double> weights) {
    public WeightedTexts {
        weights = List.copyOf(weights);
        if (weights.size() != texts.rows().size()) {
            throw new IllegalArgumentException("%s: %d rows, %d weights"
                    .formatted(texts.name(), texts.rows().size(), weights.size()));
        }
        if (weights.stream().anyMatch(weight -> !(weight >= 0))) {
            throw new IllegalArgumentException(texts.name() + ": a weight is negative or not a number");
        }
    }

    /** Rows that all count the same. */
    public static WeightedTexts equal(LabeledTexts texts) {
        return new WeightedTexts(texts, Collections.nCopies(texts.rows().size(), 1.0));
    }
}
