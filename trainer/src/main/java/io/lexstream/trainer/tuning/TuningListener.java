package io.lexstream.trainer.tuning;

/** Hears how a training goes, and may end it. */
public interface TuningListener {
    /**
     * A step is done.
     *
     * @param done share of the way, 0 to 1
     * @param loss mean training loss since the last look at the development rows
     * @param tokensPerSecond padded tokens
     */
    void step(double done, long seen, double loss, double tokensPerSecond);

    /** The development rows were looked at. */
    void looked(CurvePoint point);

    /** Asked before each step; once true, a checkpoint is written and the run ends with a {@link TuningStopped}. */
    boolean stopped();
}
