package io.lexstream.generation;

/** Which token comes next. */
interface TokenChoice {
    /**
     * @param scores one a token of the vocabulary, log-probabilities or what differs from them by a constant; not all
     *     of them -infinity
     */
    int next(float[] scores);

    /** The likeliest; the first of several. */
    static int likeliest(float[] scores) {
        int best = 0;
        float highest = scores[0];
        for (int token = 1; token < scores.length; token++) {
            if (scores[token] > highest) {
                highest = scores[token];
                best = token;
            }
        }
        return best;
    }
}
