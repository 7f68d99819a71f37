package io.lexstream.generation;

import java.util.BitSet;

/** Makes each token that was said less likely, however often it was: Keskar et al. 2019, CTRL, section 4.1. */
record RepetitionPenalty(float penalty) implements LogitsProcessor {
    @Override
    public void apply(TokenHistory history, float[] scores) {
        BitSet said = new BitSet(scores.length);
        for (int i = 0; i < history.length(); i++) {
            said.set(history.get(i));
        }
        for (int token = said.nextSetBit(0); token >= 0; token = said.nextSetBit(token + 1)) {
            scores[token] = scores[token] < 0 ? scores[token] * penalty : scores[token] / penalty;
        }
    }
}
