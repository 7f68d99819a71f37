package io.lexstream.trainer.gate;

import io.lexstream.trainer.ClassificationMetrics;
import io.lexstream.trainer.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How far confidence is from truth, and how much of that chance explains: on few rows even a perfectly honest model has
 * a calibration error (consistency resampling: Bröcker and Smith 2007).
 *
 * @param error expected calibration error as measured
 * @param chance what it would be, on average, were every confidence true
 */
record CalibrationError(double error, double chance) {
    private static final int DRAWS = 100;

    static CalibrationError of(Answers answers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Scored> honest = new ArrayList<>(answers.rows().size());
            for (int row = 0; row < answers.rows().size(); row++) {
                double confidence = answers.confidence(row);
                honest.add(new Scored(random.nextDouble() < confidence ? "hit" : "miss", "hit", confidence));
            }
            sum += ClassificationMetrics.measure("chance", 0, List.of("hit", "miss"), honest)
                    .ece();
        }
        return new CalibrationError(answers.report().ece(), sum / DRAWS);
    }

    /** The part that chance does not explain. */
    double excess() {
        return Math.max(0, error - chance);
    }
}
