package io.lexstream.trainer.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.trainer.autograd.TensorBackend.AdamState;
import io.lexstream.trainer.autograd.TensorBackend.AdamStep;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The optimiser against its paper's formulas, and gradients that add up over the parts of a batch. */
class AdamWTest {
    private static final double RATE = 0.01;
    private static final double DECAY = 0.1;

    private static TensorBackend backend;

    @BeforeAll
    static void open() {
        backend = DjlBackend.open(1);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    @Test
    void stepsAsTheFormulasSay() {
        AdamState state = state(1f, -2f);
        double[] weights = {1, -2};
        double[] first = new double[2];
        double[] second = new double[2];

        for (int number = 1; number <= 5; number++) {
            backend.beginStep(true);
            backend.backward(sumOfSquares(state.parameter()));
            backend.adamW(Map.of("w", state), new AdamStep(number, RATE, DECAY, 0));
            backend.endStep();

            for (int i = 0; i < weights.length; i++) {
                double gradient = 2 * weights[i];
                first[i] = 0.9 * first[i] + 0.1 * gradient;
                second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                double mean = first[i] / (1 - Math.pow(0.9, number));
                double square = second[i] / (1 - Math.pow(0.999, number));
                weights[i] -= RATE * DECAY * weights[i];
                weights[i] -= RATE * mean / (Math.sqrt(square) + 1e-8);
                assertThat((double) state.parameter().floats()[i]).isCloseTo(weights[i], within(1e-5));
            }
        }
    }

    @Test
    void aGradientLongerThanTheLimitIsShortened() {
        AdamState clipped = state(3f, 4f); // gradient 6, 8: norm 10
        backend.beginStep(true);
        backend.backward(sumOfSquares(clipped.parameter()));
        backend.adamW(Map.of("w", clipped), new AdamStep(1, RATE, 0, 1));
        backend.endStep();

        assertThat((double) clipped.firstMoment().floats()[0]).isCloseTo(0.1 * 0.6, within(1e-5));
        assertThat((double) clipped.firstMoment().floats()[1]).isCloseTo(0.1 * 0.8, within(1e-5));
    }

    @Test
    void gradientsOfABatchsPartsAddUpAndAreZeroAfterTheUpdate() {
        AdamState state = state(1f, 2f);
        for (int part = 0; part < 2; part++) {
            backend.beginStep(true);
            backend.backward(sumOfSquares(state.parameter()));
            assertThat(backend.gradient(state.parameter())).containsExactly(2f * (part + 1), 4f * (part + 1));
            if (part == 1) {
                backend.adamW(Map.of("w", state), new AdamStep(1, RATE, 0, 0));
            }
            backend.endStep();
        }

        assertThat(backend.gradient(state.parameter())).containsExactly(0f, 0f);
    }

    private static AdamState state(float... values) {
        long[] shape = {values.length};
        return new AdamState(
                backend.parameter(values, shape, true),
                backend.parameter(new float[values.length], shape, false),
                backend.parameter(new float[values.length], shape, false),
                true);
    }

    private static Tensor sumOfSquares(Tensor weights) {
        return backend.sum(backend.mul(weights, weights), new int[] {0}, false);
    }
}
