package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How fast two models are on the same texts. They take turns, each round in the other order, and the median round
 * counts: what else the machine does then falls on both.
 *
 * @param seconds of the candidate, per text
 * @param ratio the candidate's time as a multiple of the champion's
 */
record Pace(double seconds, double ratio) {
    private static final int MOST_TEXTS = 48;
    private static final int ROUNDS = 5;

    static Pace of(TextModel candidate, TextModel champion, List<String> texts) {
        List<String> sample = spread(texts);
        double[] seconds = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            double early = time(first ? candidate : champion, sample);
            double late = time(first ? champion : candidate, sample);
            seconds[round] = (first ? early : late) / sample.size();
            ratios[round] = first ? early / late : late / early;
        }
        return new Pace(median(seconds), median(ratios));
    }

    /** At most so many, from the whole list. */
    private static List<String> spread(List<String> texts) {
        if (texts.size() <= MOST_TEXTS) {
            return texts;
        }
        List<String> sample = new ArrayList<>(MOST_TEXTS);
        for (int i = 0; i < MOST_TEXTS; i++) {
            sample.add(texts.get((int) ((long) i * texts.size() / MOST_TEXTS)));
        }
        return sample;
    }

    private static double time(TextModel model, List<String> texts) {
        long started = System.nanoTime();
        TextRuns.of(model, "pace", texts, Progress.silent());
        return Math.max(1, System.nanoTime() - started) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
