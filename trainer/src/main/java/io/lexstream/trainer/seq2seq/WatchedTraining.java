package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TrainingWatch;
import io.lexstream.trainer.tuning.CurvePoint;
import java.time.Duration;
import java.util.Map;

/** Tells the one who waits for a training, and stops when told to. */
final class WatchedTraining implements Seq2SeqListener {
    private final TrainingWatch watch;
    private final Seq2SeqListener also;
    private int looks;

    WatchedTraining(TrainingWatch watch, Seq2SeqListener also) {
        this.watch = watch;
        this.also = also;
    }

    @Override
    public void step(double done, Duration spent, int step, double loss, double tokensPerSecond) {
        also.step(done, spent, step, loss, tokensPerSecond);
    }

    @Override
    public void looked(CurvePoint point, Map<String, Double> lossByFile) {
        also.looked(point, lossByFile);
        watch.epoch(
                ++looks,
                Map.of("loss", point.loss(), "dev/loss", point.devLoss(), "dev/rightTokens", point.devScore()));
    }

    @Override
    public void resumed(int step, Duration spent) {
        also.resumed(step, spent);
    }

    @Override
    public boolean stopped() {
        return watch.isCalledOff();
    }
}
