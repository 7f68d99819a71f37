package io.lexstream.trainer.seq2seq;

import java.util.List;
import java.util.Random;

/**
 * The pairs of one source of data.
 *
 * @param name for people
 * @param weight how often an epoch has each pair: 2.5 = twice, and half of them once more
 */
record WeightedPairs(String name, double weight, List<TokenPair> pairs) {
    WeightedPairs {
        pairs = List.copyOf(pairs);
        if (!(weight > 0) || weight > 1000) {
            throw new IllegalArgumentException(name + ": weight must be above 0 and at most 1000, got " + weight);
        }
    }

    /** Adds what one epoch has of them. */
    void addTo(List<TokenPair> epoch, Random random) {
        int whole = (int) weight;
        for (int round = 0; round < whole; round++) {
            epoch.addAll(pairs);
        }
        for (TokenPair pair : pairs) {
            if (random.nextDouble() < weight - whole) {
                epoch.add(pair);
            }
        }
    }
}
