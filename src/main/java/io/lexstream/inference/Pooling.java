package io.lexstream.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the token states of a text [tokens, hidden] become its features. */
public enum Pooling {
    /** The state of the first token: [hidden]. */
    CLS,
    /** The mean over the text's tokens, padding left out: [hidden]. */
    MEAN,
    /** Both, CLS first: [2 hidden]. */
    CLS_MEAN;

    /** The pooling that a manifest calls {@code cls}, {@code mean} or {@code cls-mean}. */
    public static Pooling named(String name) {
        return Arrays.stream(values())
                .filter(pooling -> pooling.manifestName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown pooling " + name + ", known: " + names()));
    }

    public String manifestName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int dimensions(int hidden) {
        return this == CLS_MEAN ? 2 * hidden : hidden;
    }

    /**
     * Pools one row.
     *
     * @param states token states of a batch, [rows, paddedTokens, hidden] row by row
     * @param start index of the row's first value
     */
    float[] pool(float[] states, int start, int tokens, int hidden) {
        float[] features = new float[dimensions(hidden)];
        if (this != MEAN) {
            System.arraycopy(states, start, features, 0, hidden);
        }
        if (this != CLS) {
            int to = features.length - hidden;
            for (int token = 0; token < tokens; token++) {
                int from = start + token * hidden;
                for (int i = 0; i < hidden; i++) {
                    features[to + i] += states[from + i];
                }
            }
            for (int i = 0; i < hidden; i++) {
                features[to + i] /= tokens;
            }
        }
        return features;
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(Pooling::manifestName).toList();
    }
}
