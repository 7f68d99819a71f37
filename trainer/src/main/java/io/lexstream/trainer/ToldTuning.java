package io.lexstream.trainer;

import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.TuningListener;

/** Tells a person how a tuning goes. */
record ToldTuning(Progress progress) implements TuningListener {
    @Override
    public void step(double done, long seen, double loss, double tokensPerSecond) {
        progress.at(done, "%,d rows, loss %.4f, %.0f tokens/s".formatted(seen, loss, tokensPerSecond));
    }

    @Override
    public void looked(CurvePoint point) {
        progress.say("%,d rows: loss %.4f, dev loss %.4f, dev macro-F1 %.4f"
                .formatted(point.seen(), point.loss(), point.devLoss(), point.devScore()));
    }

    @Override
    public boolean stopped() {
        return Thread.currentThread().isInterrupted();
    }
}
