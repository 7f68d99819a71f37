package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.tuning.CurvePoint;
import java.time.Duration;
import java.util.Map;

/** Hears how a training goes, and may end it. */
public interface Seq2SeqListener {
    /**
     * A step is done.
     *
     * @param done share of the way, 0 to 1
     * @param spent in all, also by processes that this one goes on from
     * @param loss mean cross entropy of a token since the last look, in nats
     * @param tokensPerSecond of source and target, without padding, by this process
     */
    void step(double done, Duration spent, int step, double loss, double tokensPerSecond);

    /**
     * The development rows were looked at.
     *
     * @param lossByFile in the order of the files
     */
    void looked(CurvePoint point, Map<String, Double> lossByFile);

    /** The run goes on from a checkpoint. */
    void resumed(int step, Duration spent);

    /** Asked before each step; once true, a checkpoint is written and the run ends. */
    boolean stopped();
}
