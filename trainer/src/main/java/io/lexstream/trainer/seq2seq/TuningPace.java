package io.lexstream.trainer.seq2seq;

import java.time.Duration;
import java.util.List;

/** How long, and how gently, a translator that is good already is trained on a few more pairs. */
final class TuningPace {
    private static final int BATCH_TOKENS = 1024;
    private static final double LEARNING_RATE = 5e-4;
    private static final int EPOCHS = 8;
    private static final int LEAST_STEPS = 200;
    private static final int MOST_STEPS = 6000;

    private TuningPace() {}

    /** @param budget longest time */
    static Seq2SeqOptions of(List<WeightedPairs> train, Duration budget, long seed) {
        Seq2SeqOptions usual = Seq2SeqOptions.DEFAULT;
        int batches = PairBatch.epoch(train, BATCH_TOKENS, seed).size();
        return new Seq2SeqOptions(
                BATCH_TOKENS,
                LEARNING_RATE,
                LEAST_STEPS / 10,
                0.7,
                usual.labelSmoothing(),
                usual.weightDecay(),
                usual.clipNorm(),
                EPOCHS,
                2,
                budget,
                Math.min(MOST_STEPS, Math.max(LEAST_STEPS, EPOCHS * batches)),
                seed);
    }
}
