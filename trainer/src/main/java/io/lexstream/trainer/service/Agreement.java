package io.lexstream.trainer.service;

import io.lexstream.trainer.gate.Binomial;

/**
 * How champion and challenger agree with people's labels of the same texts.
 *
 * @param texts texts with a label that both have read
 * @param onlyChampionRight of them, those where only the champion agrees; where labels are texts, where what it wrote
 *     is the nearer
 * @param onlyChallengerRight of them, those where the challenger is that
 */
record Agreement(int texts, int onlyChampionRight, int onlyChallengerRight) {
    /** No label has come yet. */
    static final Agreement NONE = new Agreement(0, 0, 0);

    public Agreement {
        if (onlyChampionRight < 0 || onlyChallengerRight < 0 || texts < onlyChampionRight + onlyChallengerRight) {
            throw new IllegalArgumentException("no agreement: of " + texts + " texts " + onlyChampionRight + " and "
                    + onlyChallengerRight + " right alone");
        }
    }

    /** Whether the challenger is behind. */
    boolean isBehind() {
        return onlyChampionRight > onlyChallengerRight;
    }

    /**
     * Probability of a lead of the champion as large as this or larger, were both equally good: the exact one-sided
     * sign test on the texts where only one is right (McNemar's).
     */
    double behindByChance() {
        return Binomial.atLeast(onlyChampionRight, onlyChampionRight + onlyChallengerRight, 0.5);
    }
}
