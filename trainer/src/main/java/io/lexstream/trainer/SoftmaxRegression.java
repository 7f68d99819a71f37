package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits a linear head to features: multinomial logistic regression with an L2 penalty (Bishop 2006, section 4.3.4) on
 * standardised features, by L-BFGS, stopped early where the loss on the development rows is least.
 *
 * <p>Nothing in it is random: the same examples give the same head.
 */
public final class SoftmaxRegression {
    /** Steps without a better development loss after which the fit ends. */
    private static final int PATIENCE = 40;

    private static final double FLAT = 1e-6;

    private final List<String> labels;
    private final double l2;
    private final int maxSteps;
    private final Progress progress;

    /** @param l2 strength of the penalty on the weights of standardised features */
    public SoftmaxRegression(List<String> labels, double l2, int maxSteps, Progress progress) {
        this.labels = List.copyOf(labels);
        this.l2 = l2;
        this.maxSteps = maxSteps;
        this.progress = progress;
    }

    /**
     * A fitted head.
     *
     * @param steps optimiser steps that led to it
     * @param trainLoss penalised loss on the training rows there
     * @param devLoss loss on the development rows there
     */
    public record Fit(LinearHead head, int steps, double trainLoss, double devLoss) {}

    public Fit fit(Examples train, Examples dev) {
        Standardiser standardiser = Standardiser.of(train);
        Examples standardDev = standardiser.apply(dev);
        SoftmaxLoss devObjective = new SoftmaxLoss(standardDev, labels.size(), 0);
        double[] ignored = new double[devObjective.parameters()];

        SoftmaxLoss objective = new SoftmaxLoss(standardiser.apply(train), labels.size(), l2);
        Lbfgs search = new Lbfgs(objective, new double[objective.parameters()]);
        double[] best = search.point();
        double bestLoss = devObjective.evaluate(best, ignored);
        double trainLoss = search.value();
        int bestStep = 0;
        progress.start();
        for (int step = 1; step <= maxSteps; step++) {
            boolean more = search.step() && search.slope() > FLAT;
            double loss = devObjective.evaluate(search.point(), ignored);
            progress.at(
                    step / (double) maxSteps,
                    "step %d: train loss %.4f, dev loss %.4f".formatted(step, search.value(), loss));
            if (loss < bestLoss) {
                best = search.point();
                bestLoss = loss;
                trainLoss = search.value();
                bestStep = step;
            }
            if (!more || step - bestStep >= PATIENCE) {
                break;
            }
        }
        return new Fit(standardiser.fold(best, labels), bestStep, trainLoss, bestLoss);
    }

    /** Features to zero mean and unit variance while fitting; the head that comes out takes them raw. */
    private record Standardiser(double[] mean, double[] scale) {
        static Standardiser of(Examples examples) {
            int dimensions = examples.dimensions();
            double[] mean = new double[dimensions];
            double[] square = new double[dimensions];
            double total = 0;
            for (int row = 0; row < examples.size(); row++) {
                double weight = examples.weights()[row];
                float[] features = examples.features().get(row);
                total += weight;
                for (int i = 0; i < dimensions; i++) {
                    mean[i] += weight * features[i];
                    square[i] += weight * features[i] * features[i];
                }
            }
            double[] scale = new double[dimensions];
            for (int i = 0; i < dimensions; i++) {
                mean[i] /= total;
                double deviation = Math.sqrt(Math.max(0, square[i] / total - mean[i] * mean[i]));
                scale[i] = deviation > 1e-8 ? 1 / deviation : 0; // a constant feature says nothing
            }
            return new Standardiser(mean, scale);
        }

        Examples apply(Examples examples) {
            List<float[]> standard = new ArrayList<>(examples.size());
            for (float[] raw : examples.features()) {
                float[] features = new float[raw.length];
                for (int i = 0; i < raw.length; i++) {
                    features[i] = (float) ((raw[i] - mean[i]) * scale[i]);
                }
                standard.add(features);
            }
            return examples.withFeatures(standard);
        }

        /** w (x - mean) scale + b = (w scale) x + (b - w scale mean). */
        LinearHead fold(double[] point, List<String> labels) {
            int dimensions = mean.length;
            float[][] weights = new float[dimensions][labels.size()];
            float[] bias = new float[labels.size()];
            for (int label = 0; label < bias.length; label++) {
                double shift = point[labels.size() * dimensions + label];
                for (int i = 0; i < dimensions; i++) {
                    double weight = point[label * dimensions + i] * scale[i];
                    weights[i][label] = (float) weight;
                    shift -= weight * mean[i];
                }
                bias[label] = (float) shift;
            }
            return new LinearHead(labels, weights, bias);
        }
    }
}
