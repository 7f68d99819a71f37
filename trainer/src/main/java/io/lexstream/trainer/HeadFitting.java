package io.lexstream.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the head that does best on the development rows: one fit a penalty, each calibrated and scored. */
final class HeadFitting {
    private final HeadOptions options;
    private final FeatureCache features;
    private final Progress progress;

    HeadFitting(HeadOptions options, FeatureCache features, Progress progress) {
        this.options = options;
        this.features = features;
        this.progress = progress;
    }

    /**
     * What one penalty led to.
     *
     * @param shift by how much the second of two labels was moved after the fit; 0 if there are more labels
     * @param devMacroF1 mean over the development files
     */
    record Trial(double penalty, int steps, double trainLoss, double devLoss, double shift, double devMacroF1) {
        boolean isBetterThan(Trial other) {
            return devMacroF1 > other.devMacroF1 || (devMacroF1 == other.devMacroF1 && devLoss < other.devLoss);
        }

        @Override
        public String toString() {
            return "L2 %.0e: %d steps, train loss %.4f, dev loss %.4f, shift %+.2f, dev macro-F1 %.4f"
                    .formatted(penalty, steps, trainLoss, devLoss, shift, devMacroF1);
        }
    }

    record Best(LinearHead head, Trial trial, List<Trial> trials) {}

    Best fit(TrainingData data) throws IOException {
        List<String> labels = data.labels();
        Examples train = examples(data.train(), labels);
        Examples dev = examples(data.dev(), labels);
        LinearHead bestHead = null;
        Trial bestTrial = null;
        List<Trial> trials = new ArrayList<>();
        for (double penalty : options.fit().penalties()) {
            var fit = new SoftmaxRegression(labels, penalty, options.fit().maxSteps(), progress).fit(train, dev);
            double shift = labels.size() == 2 ? ThresholdCalibration.bestShift(fit.head(), dev) : 0;
            LinearHead head = fit.head().shifted(labels.size() - 1, shift);
            var trial = new Trial(
                    penalty, fit.steps(), fit.trainLoss(), fit.devLoss(), shift, devMacroF1(head, data.dev()));
            progress.say(trial.toString());
            trials.add(trial);
            if (bestTrial == null || bestHead == null || trial.isBetterThan(bestTrial)) {
                bestTrial = trial;
                bestHead = head;
            }
        }
        if (bestTrial == null || bestHead == null) {
            throw new IllegalStateException("no penalty to try");
        }
        return new Best(bestHead, bestTrial, trials);
    }

    private double devMacroF1(LinearHead head, List<LabeledTexts> dev) throws IOException {
        boolean comparable = dev.stream().allMatch(file -> file.labels().size() > 1);
        List<LabeledTexts> judged = comparable ? dev : List.of(LabeledTexts.merged("dev", dev));
        return Evaluation.of(head, features, judged).files().stream()
                .mapToDouble(ClassificationReport::macroF1)
                .average()
                .orElse(0);
    }

    private Examples examples(List<LabeledTexts> files, List<String> labels) throws IOException {
        List<float[]> rows = new ArrayList<>();
        List<Integer> rowLabels = new ArrayList<>();
        List<Integer> rowSources = new ArrayList<>();
        boolean[][] possible = new boolean[files.size()][labels.size()];
        for (int source = 0; source < files.size(); source++) {
            for (LabeledText row : files.get(source).rows()) {
                int label = labels.indexOf(row.label());
                rows.add(features.get(row.text()));
                rowLabels.add(label);
                rowSources.add(source);
                possible[source][label] = true;
            }
            if (files.get(source).labels().size() < 2) {
                Arrays.fill(possible[source], true); // a file a label: what it does not name is in the others
            }
        }
        int[] labelIndexes = rowLabels.stream().mapToInt(Integer::intValue).toArray();
        int[] sources = rowSources.stream().mapToInt(Integer::intValue).toArray();
        return new Examples(rows, labelIndexes, sources, options.weights().of(sources, labelIndexes), possible);
    }
}
