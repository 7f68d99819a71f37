package io.lexstream.trainer;

import java.util.List;

/**
 * What a head is fitted to: features, the right label's index and a weight, row by row.
 *
 * @param source which data file each row came from, as an index
 * @param possible by source and label: whether a row of that file could have had that label. A file of positive and
 *     negative reviews does not say of any review that it is not neutral
 */
public record Examples(List<float[]> features, int[] labels, int[] source, double[] weights, boolean[][] possible) {
    public Examples {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("no examples");
        }
        if (labels.length != features.size() || source.length != features.size() || weights.length != features.size()) {
            throw new IllegalArgumentException("%d feature rows, %d labels, %d sources, %d weights"
                    .formatted(features.size(), labels.length, source.length, weights.length));
        }
    }

    int size() {
        return features.size();
    }

    int dimensions() {
        return features.get(0).length;
    }

    Examples withFeatures(List<float[]> others) {
        return new Examples(others, labels, source, weights, possible);
    }
}
