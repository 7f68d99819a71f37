package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.Progress;
import io.lexstream.trainer.tuning.CurvePoint;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Tells a person how a training goes. */
record ToldTraining(Progress progress, BooleanSupplier stop) implements Seq2SeqListener {
    @Override
    public void step(double done, Duration spent, int step, double loss, double tokensPerSecond) {
        progress.at(
                done,
                spent,
                String.format(Locale.ROOT, "step %,d: loss %.3f, %,.0f tokens/s", step, loss, tokensPerSecond));
    }

    @Override
    public void looked(CurvePoint point, Map<String, Double> lossByFile) {
        progress.say(String.format(
                Locale.ROOT,
                "look at step %,d (%,d pairs): dev loss %.4f, right tokens %.1f %%, train loss %.4f, rate %.2e; %s",
                point.step(),
                point.seen(),
                point.devLoss(),
                100 * point.devScore(),
                point.loss(),
                point.learningRate(),
                lossByFile.entrySet().stream()
                        .map(file -> String.format(Locale.ROOT, "%s %.3f", file.getKey(), file.getValue()))
                        .collect(Collectors.joining(", "))));
    }

    @Override
    public void resumed(int step, Duration spent) {
        progress.say("going on from step %,d, after %d minutes".formatted(step, spent.toMinutes()));
    }

    @Override
    public boolean stopped() {
        return stop.getAsBoolean();
    }
}
