package io.lexstream.trainer;

import java.util.Map;
import java.util.concurrent.CancellationException;

/** Whoever waits for a training: hears of every epoch, and may call it off. */
public interface TrainingWatch {
    /** Nobody: the training runs to its end. */
    TrainingWatch NOBODY = new TrainingWatch() {
        @Override
        public void epoch(int done, Map<String, Double> metrics) {}

        @Override
        public void check() {}
    };

    /**
     * An epoch is over.
     *
     * @param metrics loss, and as set/metric what was measured
     */
    void epoch(int done, Map<String, Double> metrics);

    /**
     * To be called every few seconds.
     *
     * @throws CancellationException if the training must stop, and leave its checkpoint
     */
    void check();

    /** The same for those who ask. */
    default boolean isCalledOff() {
        try {
            check();
            return false;
        } catch (CancellationException e) {
            return true;
        }
    }
}
