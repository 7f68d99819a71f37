package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TextPairs;

/**
 * The pairs of one file and one source language, or of whatever else they come from.
 *
 * @param weight how often an epoch has each pair: 2.5 = twice, and half of them once more
 */
public record PairRows(TextPairs pairs, double weight) {
    String name() {
        return pairs.name();
    }

    int count() {
        return pairs.rows().size();
    }
}
