package io.lexstream.model;

import io.lexstream.model.TrainingProfile.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts texts into the bins of a {@link TrainingProfile}. Used by one thread. */
public final class ProfileCounts {
    static final int CONFIDENCE_BINS = 10;

    /** Largest value of each bin; what is larger falls into one more. */
    private static final double[] TOKEN_BOUNDS = {8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512};

    private static final double[] UNKNOWN_BOUNDS = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

    static final int TOKEN_BINS = TOKEN_BOUNDS.length + 1;
    static final int UNKNOWN_BINS = UNKNOWN_BOUNDS.length + 1;

    private final SortedMap<String, Long> labels = new TreeMap<>();
    private final long[] confidence = new long[CONFIDENCE_BINS];
    private final long[] tokens = new long[TOKEN_BINS];
    private final long[] unknown = new long[UNKNOWN_BINS];
    private long texts;

    public void add(Observation text) {
        labels.merge(text.label(), 1L, Long::sum);
        confidence[Math.min(CONFIDENCE_BINS - 1, (int) (text.confidence() * CONFIDENCE_BINS))]++;
        tokens[bin(TOKEN_BOUNDS, text.tokens())]++;
        unknown[bin(UNKNOWN_BOUNDS, text.unknownTokens() / Math.max(1.0, text.tokens()))]++;
        texts++;
    }

    public long texts() {
        return texts;
    }

    public TrainingProfile profile() {
        return new TrainingProfile(labels, list(confidence), list(tokens), list(unknown));
    }

    private static int bin(double[] bounds, double value) {
        int bin = 0;
        while (bin < bounds.length && value > bounds[bin]) {
            bin++;
        }
        return bin;
    }

    private static List<Long> list(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
