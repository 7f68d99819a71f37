package io.lexstream.trainer.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.trainer.autograd.TensorBackend.LabelLoss;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short way to the gradient of a smoothed cross entropy against the long one. */
class LabelLossTest {
    private static final int ROWS = 5;
    private static final int LABELS = 7;
    private static final int[] TARGETS = {3, 0, 6, 3, 2};
    private static final double SMOOTHING = 0.1;

    private static TensorBackend backend;
    private static Tensor logits;

    @BeforeAll
    static void open() {
        backend = DjlBackend.open(1);
        Random random = new Random(1);
        float[] values = new float[ROWS * LABELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        logits = backend.parameter(values, new long[] {ROWS, LABELS}, true);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    @Test
    void itsGradientIsThatOfTheMeanCrossEntropy() {
        float[] targets = new float[ROWS * LABELS];
        float[] weights = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int label = 0; label < LABELS; label++) {
                targets[row * LABELS + label] = (float) (SMOOTHING / LABELS + (label == TARGETS[row] ? 0.9 : 0));
            }
            weights[row] = 1f / ROWS;
        }

        float[] expected = gradient(() -> backend.backward(
                backend.crossEntropy(logits, backend.floats(targets, ROWS, LABELS), backend.floats(weights, ROWS))));
        float[] both = gradient(() ->
                backend.labelLoss(backend.mul(logits, backend.floats(new float[] {1})), TARGETS, SMOOTHING));

        for (int i = 0; i < expected.length; i++) {
            // Gradients add up until an update takes them: the second step holds both.
            assertThat(both[i] - expected[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void itCountsHitsAndSumsTheCrossEntropyWithoutSmoothing() {
        float[] values = logits.floats();
        backend.beginStep(false);
        LabelLoss found = backend.labelLoss(logits, TARGETS, SMOOTHING);
        backend.endStep();

        double sum = 0;
        int hits = 0;
        for (int row = 0; row < ROWS; row++) {
            double all = 0;
            int best = 0;
            for (int label = 0; label < LABELS; label++) {
                all += Math.exp(values[row * LABELS + label]);
                best = values[row * LABELS + label] > values[row * LABELS + best] ? label : best;
            }
            sum += Math.log(all) - values[row * LABELS + TARGETS[row]];
            hits += best == TARGETS[row] ? 1 : 0;
        }
        assertThat(found.sum()).isCloseTo(sum, within(1e-5));
        assertThat(found.hits()).isEqualTo(hits);
    }

    private static float[] gradient(Runnable backward) {
        backend.beginStep(true);
        try {
            backward.run();
            return backend.gradient(logits);
        } finally {
            backend.endStep();
        }
    }
}
