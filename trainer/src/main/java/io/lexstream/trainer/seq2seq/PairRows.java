package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TextPairs;

/**
 * The pairs of one file and one source language.
 *
 * @param weight how often an epoch has each pair
 */
record PairRows(TextPairs pairs, double weight) {
    String name() {
        return pairs.name();
    }

    int count() {
        return pairs.rows().size();
    }
}
