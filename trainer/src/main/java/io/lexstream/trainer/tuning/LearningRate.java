package io.lexstream.trainer.tuning;

/**
 * Linear warm-up and linear decay to zero.
 *
 * @param warmUp share of the way on which it rises
 */
record LearningRate(double peak, double warmUp) {
    /** @param done share of the way, 0 to 1 */
    double at(double done) {
        if (done < warmUp) {
            return peak * done / warmUp;
        }
        return peak * Math.max(0, (1 - done) / (1 - warmUp));
    }
}
