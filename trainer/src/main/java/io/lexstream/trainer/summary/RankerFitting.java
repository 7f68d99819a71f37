package io.lexstream.trainer.summary;

import io.lexstream.trainer.Examples;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.SoftmaxRegression;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ranker: logistic regression on which sentences the oracle quotes, one fit a penalty; the one with the least
 * loss on the development texts is taken. Each text counts as much as any other, however many sentences it has.
 */
final class RankerFitting {
    private final FitOptions options;
    private final Progress progress;

    RankerFitting(FitOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** What one penalty led to. */
    record Trial(double penalty, int steps, double trainLoss, double devLoss) {
        @Override
        public String toString() {
            return "L2 %.0e: %d steps, train loss %.4f, dev loss %.4f".formatted(penalty, steps, trainLoss, devLoss);
        }
    }

    record Best(Ranker ranker, Trial trial, List<Trial> trials) {}

    Best fit(List<ReadFile> train, List<ReadFile> dev) {
        Examples trainRows = examples(train);
        Examples devRows = examples(dev);
        Best best = null;
        List<Trial> trials = new ArrayList<>();
        for (double penalty : options.penalties()) {
            var fit =
                    new SoftmaxRegression(Ranker.LABELS, penalty, options.maxSteps(), progress).fit(trainRows, devRows);
            Trial trial = new Trial(penalty, fit.steps(), fit.trainLoss(), fit.devLoss());
            progress.say(trial.toString());
            trials.add(trial);
            if (best == null || trial.devLoss() < best.trial().devLoss()) {
                best = new Best(Ranker.of(fit.head()), trial, List.of());
            }
        }
        if (best == null) {
            throw new IllegalStateException("no penalty to try");
        }
        return new Best(best.ranker(), best.trial(), trials);
    }

    private static Examples examples(List<ReadFile> files) {
        List<float[]> features = new ArrayList<>();
        List<Boolean> quoted = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (ReadFile file : files) {
            for (ReadText text : file.texts()) {
                int sentences = text.features().size();
                for (int i = 0; i < sentences; i++) {
                    features.add(text.features().get(i));
                    quoted.add(text.oracle().contains(i));
                    weights.add(1.0 / sentences);
                }
            }
        }
        int[] labels = quoted.stream().mapToInt(is -> is ? 1 : 0).toArray();
        boolean[][] possible = {{true, true}};
        double[] rowWeights = weights.stream().mapToDouble(Double::doubleValue).toArray();
        return new Examples(features, labels, new int[labels.length], rowWeights, possible);
    }
}
