package io.lexstream.generation;

/** Which token comes next. */
interface TokenChoice {
    /** @param logProbabilities one a token of the vocabulary; not all of them -infinity */
    int next(float[] logProbabilities);

    /** The likeliest; the first of several. */
    static int likeliest(float[] logProbabilities) {
        int best = 0;
        for (int token = 1; token < logProbabilities.length; token++) {
            if (logProbabilities[token] > logProbabilities[best]) {
                best = token;
            }
        }
        return best;
    }
}
