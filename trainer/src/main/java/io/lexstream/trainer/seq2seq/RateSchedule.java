package io.lexstream.trainer.seq2seq;

/**
 * The learning rate: it rises over {@code warmUp} steps, falls with the inverse square root of the steps (Vaswani et
 * al. 2017), and in the last part of the way in a straight line to zero, whenever that part comes.
 *
 * @param peak reached after {@code warmUp} steps
 * @param coolDown share of the way on which it falls to zero
 */
record RateSchedule(double peak, int warmUp, double coolDown) {
    /**
     * @param step from 1
     * @param done share of the way, 0 to 1
     */
    double at(int step, double done) {
        double rate = step < warmUp ? peak * step / warmUp : peak * Math.sqrt((double) warmUp / step);
        double left = 1 - Math.min(1, done);
        return left < coolDown ? rate * left / coolDown : rate;
    }
}
